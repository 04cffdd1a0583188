/* SPDX-License-Identifier: EUPL-1.2
 *
 * kogge/abi.h - the whole binary contract between the daemon and a plugin. C11, no dependencies.
 *
 * Rules
 *  - Text is UTF-8. Documents are JSON; each names its shape in the comment of the function that takes it.
 *  - The callee never frees what the caller owns. Arguments are valid for the length of the call only.
 *  - Results leave through sinks, called zero or more times before the function returns.
 *  - No exception, allocator, C++ type, FILE* or errno crosses.
 *  - Every table starts with its `size`; tables and structs only ever grow at the end. A changed meaning is a
 *    new service id ("kogge.store/2"); an id never changes when a draft becomes stable.
 *  - Every call is remotable: flat values, callback + context, no pointer that outlives the call.
 * Threads
 *  [S] the plugin's strand: never concurrent, never re-entrant. The host makes all its calls into a plugin there.
 *  [A] any thread.
 */
#ifndef KOGGE_ABI_H
#define KOGGE_ABI_H
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
extern "C" {
#endif

#define KG_ABI_MAJOR 1u
#define KG_ABI_MINOR 0u

typedef int32_t kg_status; /* KG_OK, or a negative KG_E_*; the text of the error was given to set_error() */
enum {
    KG_OK = 0,
    KG_E_FAIL = -1,        /* something else went wrong; the text says what                    */
    KG_E_ARG = -2,         /* the caller's document or argument is wrong                       */
    KG_E_NOTFOUND = -3,    /* no such thing                                                    */
    KG_E_DENIED = -4,      /* not granted                                                      */
    KG_E_CONFLICT = -5,    /* based on a revision that is no longer the newest                 */
    KG_E_UNSUPPORTED = -6, /* this host or provider does not offer it                          */
    KG_E_TIMEOUT = -7,
    KG_E_BUSY = -8,
    KG_E_EXCEPTION = -9,   /* an exception was caught at the boundary                          */
    KG_E_REFUSED = -10     /* checks refuse the change; the result document carries the findings */
};

typedef struct kg_str {
    const char *p; /* not terminated; may be NULL when n == 0 */
    size_t n;
} kg_str;

typedef struct kg_sink {
    void *ctx;
    void (*put)(void *ctx, const char *p, size_t n);
} kg_sink;

/* ---- the two sides --------------------------------------------------------------------------------------------- */

typedef struct kg_host { /* owned by the host; valid from create() until destroy() has returned */
    uint32_t size;
    uint32_t abi_minor;
    void *host_data;
    /* [A] The table of a service, or NULL: not offered, not asked for in the manifest, or not granted. */
    const void *(*service)(const struct kg_host *, const char *id);
    /* [A] Text for the negative status the plugin is about to return from the call it is in. */
    void (*set_error)(const struct kg_host *, kg_str text);
    /* [A] Text of the last negative status a service returned on this thread; empty when there is none. */
    kg_str (*last_error)(const struct kg_host *);
} kg_host;

typedef struct kg_plugin { /* owned by the plugin */
    uint32_t size;
    uint32_t reserved;
    void *plugin_data;
    kg_status (*start)(struct kg_plugin *);                        /* [S] register entities, checks, routes here */
    kg_status (*stop)(struct kg_plugin *);                         /* [S] the host has already cut all callbacks */
    void (*destroy)(struct kg_plugin *);                           /* [S] last call                              */
    const void *(*extension)(struct kg_plugin *, const char *id);  /* [A] NULL = not offered                     */
} kg_plugin;

typedef struct kg_entry { /* the one exported symbol, KG_ENTRY_SYMBOL */
    uint32_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t reserved;
    /* [S] Makes the plugin. Must not call services: those are for start(). NULL = failed, see set_error(). */
    kg_plugin *(*create)(const kg_host *);
} kg_entry;
#define KG_ENTRY_SYMBOL "kogge_plugin_entry"
/* The manifest (kogge-plugin.json) is the content of this ELF section, read before any code of the plugin runs. */
#define KG_MANIFEST_SECTION ".kogge.manifest"

/* ---- services of the first tier -------------------------------------------------------------------------------- */

enum { KG_LOG_DEBUG = 0, KG_LOG_INFO = 1, KG_LOG_WARN = 2, KG_LOG_ERROR = 3 };
typedef struct kg_log {
    uint32_t size, reserved;
    /* [A] `fields` is a JSON object or empty. Never put care data or tokens here. */
    void (*write)(const kg_host *, int32_t level, kg_str message, kg_str fields);
} kg_log;
#define KG_LOG "kogge.log/1"

typedef struct kg_config {
    uint32_t size, reserved;
    /* [A] A value of the operator's [plugin.<name>] section as JSON; KG_E_NOTFOUND when the key is not set. Not set there,
     * "public_url", "mail_from" and "mail_from_name" are the daemon's own. */
    kg_status (*get)(const kg_host *, kg_str key, kg_sink json);
} kg_config;
#define KG_CONFIG "kogge.config/1"

typedef struct kg_clock {
    uint32_t size, reserved;
    int64_t (*now_us)(const kg_host *); /* [A] microseconds since 1970-01-01 UTC; a test may hold it still */
} kg_clock;
#define KG_CLOCK "kogge.clock/1"

/* Commits in order. `batch`:
 *   {"seq":17,"load":false,"changes":[{"entity","id","op":"create|update|delete","rev","updated_us","before","after"}]}
 * The first batches after follow() carry "load":true and one "create" per stored entity, then every commit follows. */
typedef void (*kg_follow_fn)(void *ctx, kg_str batch);
typedef struct kg_store {
    uint32_t size, reserved;
    /* [S, in start()] Describe an entity of this plugin. `description`:
     *   {"kind":"gift","fields":[{"name","type","ref"?,"optional"?,"values"?,"sensitive"?}],"per_visit":true,…} */
    kg_status (*entity)(const kg_host *, kg_str description);
    /* [S] One entity: {"id","rev","updated_us",…fields}. */
    kg_status (*get)(const kg_host *, kg_str kind, kg_str id, kg_sink document);
    /* [S] Entities that match `filter`, an object {"field":"value",…}; one put() per document. */
    kg_status (*list)(const kg_host *, kg_str kind, kg_str filter, kg_sink document);
    /* [S, not inside a check or a follower] Apply a change set:
     *   {"reason","actor"?,"language"?,"dry_run"?,"confirm"?,"changes":[{"op","entity","id"?,"rev"?,"fields"}]}
     * `result` is written for KG_OK, KG_E_CONFLICT and KG_E_REFUSED alike. */
    kg_status (*apply)(const kg_host *, kg_str change_set, kg_sink result);
    /* [S, in start()] Follow some kinds, named in a JSON array of strings. */
    kg_status (*follow)(const kg_host *, kg_str kinds, kg_follow_fn, void *ctx);
    /* [S, not in start()] Entries of the change log that match `query`,
     *   {"since"?:seq,"limit"?:n,"entity"?,"id"?,"visit"?}
     * oldest first, after "since"; one put() per entry:
     *   {"seq","change_set","at","actor","reason","entity","id","visit","rev","op","before","after"} */
    kg_status (*log)(const kg_host *, kg_str query, kg_sink entry);
} kg_store;
#define KG_STORE "kogge.store/1"

/* A check sees a proposed world. `request`:
 *   {"visit":null|"id","changes":[…as in a batch…]}    findings the change brings: answer "before" and "after"
 *   {"visit":null|"id","changes":[]}                   standing findings of that visit, or of all: answer "after"
 * `response`: {"before":[finding…],"after":[finding…],"affected":[{"person","entity","id"}]} */
typedef kg_status (*kg_check_fn)(void *ctx, kg_str request, kg_sink response);
typedef struct kg_checks {
    uint32_t size, reserved;
    kg_status (*add)(const kg_host *, kg_str name, kg_check_fn, void *ctx); /* [S, in start()] */
} kg_checks;
#define KG_CHECKS "kogge.checks/1"

typedef struct kg_http_request {
    uint32_t size, reserved;
    kg_str method;   /* GET, POST … */
    kg_str target;   /* path and query as received, without secrets replaced */
    kg_str params;   /* JSON object of the pattern's parameters */
    kg_str query;    /* JSON object of the decoded query; the last value of a repeated name counts */
    kg_str user;     /* JSON object {"id","name","roles":[…]}, or empty on a public route */
    kg_str language; /* nl, de, en … : asked by ?lang=, else by the user, else by Accept-Language */
    kg_str body;
    kg_str headers;  /* JSON object, names in lower case, without authorization and cookie; values of a repeated name
                        joined with ", " */
} kg_http_request;
typedef struct kg_http_response {
    void *ctx;
    void (*status)(void *ctx, int32_t status);
    void (*header)(void *ctx, kg_str name, kg_str value);
    void (*depends)(void *ctx, kg_str tag); /* cache the bytes until a change touches this tag, e.g. "visit:42" */
    void (*body)(void *ctx, const char *p, size_t n);
} kg_http_response;
typedef kg_status (*kg_http_fn)(void *ctx, const kg_http_request *, const kg_http_response *);
typedef struct kg_http {
    uint32_t size, reserved;
    /* [S, in start()] `needs` names the right a caller must hold ("read", "write", "care", "public" …). A pattern may end in the
     * query fields its handler reads, "/x?from&to": then others are refused. The response header "Kogge-Care: 1" has the read
     * written to the access log and is not sent on; a route that needs "care" is written without it. */
    kg_status (*route)(const kg_host *, kg_str method, kg_str pattern, kg_str needs, kg_http_fn, void *ctx);
    /* [S, in start()] As route(), for more than one method and for clients that are no browser. `route`:
     *   {"methods":["PROPFIND",…],"pattern":"/dav/{path*}","needs":"read","basic"?:true,"max_body"?:bytes}
     * With "basic" the caller may also sign in by HTTP Basic, with name and password or with an API token as the
     * password, and is asked to by a 401 that says so. */
    kg_status (*serve)(const kg_host *, kg_str route, kg_http_fn, void *ctx);
} kg_http;
#define KG_HTTP "kogge.http/1"

/* Importers turn a foreign document into creations. `document` is the whole file; the answer is
 *   {"sections":["vehicle",…],"changes":[{"op":"create","entity","id","fields"}]}. */
typedef kg_status (*kg_import_fn)(void *ctx, kg_str document, kg_sink changes);
typedef struct kg_import {
    uint32_t size, reserved;
    kg_status (*add)(const kg_host *, kg_str format, kg_import_fn, void *ctx); /* [S, in start()] */
} kg_import;
#define KG_IMPORT "kogge.import/1"

typedef kg_status (*kg_call_fn)(void *ctx, kg_str request, kg_sink response);
typedef struct kg_provide {
    uint32_t size, reserved;
    /* [S, in start()] Offer a named, versioned service to other plugins: "logistics.travel_time/1". */
    kg_status (*provide)(const kg_host *, kg_str id, kg_call_fn, void *ctx);
    /* [S] Call one; KG_E_UNSUPPORTED when nobody provides it, which is an ordinary answer. */
    kg_status (*call)(const kg_host *, kg_str id, kg_str request, kg_sink response);
} kg_provide;
#define KG_PROVIDE "kogge.provide/1"

/* Work that no request asks for: a look at a foreign calendar, a digest at six in the morning. */
typedef void (*kg_job_fn)(void *ctx); /* [S] */
typedef struct kg_jobs {
    uint32_t size, reserved;
    /* [S, in start()] Call `run` some time after the start and then `seconds` after it last returned; 0: only when woken. */
    kg_status (*every)(const kg_host *, kg_str name, uint32_t seconds, kg_job_fn run, void *ctx);
    /* [A] Call that job as soon as its strand is free: once, however often it is woken before. */
    kg_status (*wake)(const kg_host *, kg_str name);
} kg_jobs;
#define KG_JOBS "kogge.jobs/1"

/* Outbound HTTP, under the operator's rules: schemes, private addresses, size, time, redirects. `request`:
 *   {"url","method"?,"headers"?:{name:value},"body"?,"user"?,"password"?,"max_bytes"?,"timeout_s"?}
 * `answer`: {"status","url","headers":{name:value},"moved"?}, or
 *   {"error":"why there is none","code":"denied|too_large|timeout|failed|invalid"} and then no body. The address asked last
 * stands in "url", the one to ask from now on (RFC 9110: 301 and 308 from the start on) in "moved". */
typedef void (*kg_fetched_fn)(void *ctx, kg_str answer, kg_str body); /* [S] called once, after start() has returned */
typedef struct kg_fetch {
    uint32_t size, reserved;
    /* [S] Returns at once; `done` comes later. What is wrong with the request itself is this call's status. */
    kg_status (*start)(const kg_host *, kg_str request, kg_fetched_fn done, void *ctx);
} kg_fetch;
#define KG_FETCH "kogge.fetch/1"

#ifdef __cplusplus
}
#endif
#endif
