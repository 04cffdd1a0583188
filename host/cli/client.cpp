// SPDX-License-Identifier: EUPL-1.2
#include "cli/client.hpp"

#include "daemon/data_folder.hpp"
#include "daemon/house.hpp"

#include <curl/curl.h>

#include <memory>

namespace kogge::host::cli {

json::value Reply::document() const {
    auto parsed = parse_json(body);
    return parsed ? std::move(parsed).value() : json::value();
}

std::string Reply::problem() const {
    auto const value = document();
    auto const* object = value.if_object();
    auto const* detail = object ? object->if_contains("detail") : nullptr;
    if (!detail || !detail->is_string()) return "the daemon answered " + std::to_string(status);
    auto const* field = object->if_contains("field");
    bool const in_a_document = status == 400 && field && field->is_string(); // elsewhere the sentence names the thing itself
    return (in_a_document ? std::string(field->get_string()) + ": " : std::string()) + std::string(detail->get_string());
}

namespace {

class OverHttp : public Client {
  public:
    explicit OverHttp(RunNote note) : note_(std::move(note)), curl_(curl_easy_init(), &curl_easy_cleanup) {}
    bool running() const override { return true; }

    Reply request(std::string_view method, std::string const& target, std::string const& body) override {
        Reply reply;
        auto* curl = curl_.get();
        curl_easy_reset(curl);
        auto const url = note_.url + target;
        auto const verb = std::string(method);
        auto const authorization = "Authorization: Bearer " + note_.token;
        std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(nullptr, &curl_slist_free_all);
        for (char const* line : {authorization.c_str(), "Content-Type: application/json", "Expect:"})
            headers.reset(curl_slist_append(headers.release(), line));
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, verb.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");       // the daemon is on this machine
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L); // its own certificate names the public host, not loopback
        curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
        curl_easy_setopt(
            curl, CURLOPT_WRITEFUNCTION, +[](char* p, std::size_t size, std::size_t n, void* to) {
                static_cast<std::string*>(to)->append(p, size * n);
                return size * n;
            });
        if (!body.empty()) {
            curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
            curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        }
        if (auto const code = curl_easy_perform(curl); code != CURLE_OK) {
            reply.status = 503;
            reply.body = json::serialize(
                json::value{{"detail", "the daemon at " + note_.url + " does not answer: " + curl_easy_strerror(code)}});
            return reply;
        }
        long status = 0;
        char* type = nullptr;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
        reply.status = int(status);
        reply.type = type ? type : "";
        return reply;
    }

  private:
    RunNote note_;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_;
};

class InProcess : public Client {
  public:
    InProcess(std::unique_ptr<DataFolder> folder, std::unique_ptr<House> house)
        : folder_(std::move(folder)), house_(std::move(house)) {}
    bool running() const override { return false; }
    Reply request(std::string_view method, std::string const& target, std::string const& body) override {
        auto response = house_->request(method, target, body, "cli");
        return {response.status, std::string(response.header("Content-Type").value_or("")), std::move(response.body)};
    }

  private:
    std::unique_ptr<DataFolder> folder_; // held, so that no daemon starts beside us
    std::unique_ptr<House> house_;
};

} // namespace

Result<std::unique_ptr<Client>> connect(Config const& config) {
    auto folder = DataFolder::take(config.data_dir);
    if (folder) {
        auto quiet = config; // what a command has to say is not how the house starts
        if (quiet.log_level == "info") quiet.log_level = "warn";
        if (quiet.public_url.empty()) // a link made now is to work once the daemon serves
            quiet.public_url = (quiet.tls_certificate.empty() ? "http://" : "https://") + quiet.listen;
        KOGGE_TRY(auto house, House::open({.config = std::move(quiet)}));
        return std::unique_ptr<Client>(std::make_unique<InProcess>(std::move(folder).value(), std::move(house)));
    }
    if (folder.error().code != ErrorCode::busy) return folder.error();
    auto note = read_run_note(config);
    if (!note)
        return Error{ErrorCode::busy,
                     config.data_dir.string()
                         + " is in use by another kogge that does not serve (yet); wait until it has finished"};
    return std::unique_ptr<Client>(std::make_unique<OverHttp>(std::move(note).value()));
}

} // namespace kogge::host::cli
