-- SPDX-License-Identifier: EUPL-1.2
-- wrk -s caldav.lua URL -- METHOD BODY-FILE [PREFIX]
-- The same request again and again; with a prefix, each to an address of its own below URL, "@UID@" in the body replaced by its name.
local method, body, prefix, number = "GET", "", nil, 0

function init(args)
    method = args[1]
    local file = io.open(args[2], "rb")
    body = file:read("*a")
    file:close()
    prefix = args[3]
end

function request()
    if not prefix then
        return wrk.format(method, nil, nil, body)
    end
    number = number + 1
    local name = prefix .. number
    return wrk.format(method, wrk.path .. name .. ".ics", nil, (body:gsub("@UID@", name)))
end
