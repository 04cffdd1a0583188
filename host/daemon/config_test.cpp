// SPDX-License-Identifier: EUPL-1.2
#include "daemon/config.hpp"

#include <kogge/id.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <regex>

using namespace kogge;
using namespace kogge::host;

namespace {

struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("kogge-config-" + make_uuid());
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }

    std::filesystem::path write(std::string const& text) const {
        std::ofstream(path / "kogge.toml") << text;
        return path / "kogge.toml";
    }
    Result<Config> read(std::string const& text, std::map<std::string, std::string> environment = {}) const {
        environment.emplace("KOGGE_DATA_DIR", path.string());
        return read_config(write(text), environment);
    }
    std::string error(std::string const& text, std::map<std::string, std::string> environment = {}) const {
        auto const config = read(text, std::move(environment));
        return config ? "no error" : config.error().message;
    }
};

/// The sample with every setting taken out of its comment.
std::string uncommented_sample() {
    std::ifstream in(std::filesystem::path(KOGGE_DEMO).parent_path().parent_path() / "kogge.toml");
    std::string out;
    for (std::string line; std::getline(in, line);)
        out += std::regex_replace(line, std::regex(R"(^#(\[|[a-z_]+ = ))"), "$1") + "\n";
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(the_sample_names_every_setting_with_its_default, Folder) {
    auto const sample = uncommented_sample();
    auto const config = read(sample);
    if (!config)
        BOOST_FAIL(config.error().message);
    Config const defaults;
    auto const& c = config.value();
    BOOST_TEST(c.listen == defaults.listen);
    BOOST_TEST(c.threads == defaults.threads);
    BOOST_TEST(c.workers == defaults.workers);
    BOOST_TEST(c.max_body_mb == defaults.max_body_mb);
    BOOST_TEST(c.store_url == defaults.store_url);
    BOOST_TEST(c.log_level == defaults.log_level);
    BOOST_TEST(c.log_format == defaults.log_format);
    BOOST_TEST(c.session_hours == defaults.session_hours);
    BOOST_TEST(c.plugin.contains("calendar"));
    BOOST_TEST(c.allow_private.empty());
    BOOST_TEST(c.fetch_max_mb == defaults.fetch_max_mb);
    BOOST_TEST(c.fetch_timeout_s == defaults.fetch_timeout_s);
    BOOST_TEST(c.mail.from_name == defaults.mail.from_name);
    BOOST_TEST(int(c.mail.smtp.starttls) == int(defaults.mail.smtp.starttls));
    BOOST_TEST(c.mail.retry.count() == defaults.mail.retry.count());
    BOOST_TEST(c.mail.most_tries == defaults.mail.most_tries);
    BOOST_TEST(c.mail.poll.count() == defaults.mail.poll.count());
    BOOST_TEST(c.mail.most_bytes == defaults.mail.most_bytes);
    for (auto const* key : {"allow_private", "max_mb", "timeout_s", "smtp_url", "user", "password", "password_file", "starttls", "from", "from_name", "reply_to",
                            "retry_seconds", "max_tries", "imap_url", "imap_user", "imap_password", "imap_password_file", "poll_seconds", "listen", "threads", "workers", "public_url", "tls_certificate", "tls_key", "max_body_mb", "web_root", "url", "backup_dir", "folder",
                            "disabled", "level", "format", "session_hours", "scenario"})
        BOOST_TEST(sample.find("\n" + std::string(key) + " = ") != std::string::npos, key << " is not in config/kogge.toml");
}

BOOST_FIXTURE_TEST_CASE(a_mistake_is_told_with_its_place, Folder) {
    auto const file = (path / "kogge.toml").string();
    BOOST_TEST(error("[server]\nlisten = \"nowhere\"\n") == file + ":2:10: 'server.listen' wants an address and port such as 127.0.0.1:8420, not 'nowhere'");
    BOOST_TEST(error("[server]\npublic_url = \"kogge.example.org\"\n").find("https://kogge.example.org") != std::string::npos);
    BOOST_TEST(error("[server]\nprot = 1\n") == file + ":2:8: there is no setting 'server.prot'");
    BOOST_TEST(error("[log]\nlevel = \"loud\"\n") == file + ":2:9: 'log.level' wants debug, info, warn or error, not 'loud'");
    BOOST_TEST(error("[store]\nurl = \"mysql://x\"\n").find("sqlite://path or postgresql://") != std::string::npos);
    BOOST_TEST(error("listen = \"127.0.0.1:1\"\n") == file + ":1:10: 'listen' stands outside a [section]");
    BOOST_TEST(error("[identity]\nsession_hours = 0\n").find("a whole number above 0") != std::string::npos);
    BOOST_TEST(error("[server\n").starts_with(file + ":1:"));
    BOOST_TEST(error("", {{"KOGGE_SERVER_THREADS", "many"}}) == "KOGGE_SERVER_THREADS wants a whole number, not 'many'");
    BOOST_TEST(read_config(path / "absent.toml", {}).error().message == "there is no " + (path / "absent.toml").string());
}

BOOST_FIXTURE_TEST_CASE(the_environment_overrides_the_file, Folder) {
    auto const config = read("[server]\nlisten = \"127.0.0.1:1\"\n", {{"KOGGE_SERVER_LISTEN", "[::1]:2"}, {"KOGGE_PLUGINS_DISABLED", "relations,translation"}});
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config.value().listen == "[::1]:2");
    BOOST_TEST(config.value().disabled_plugins == (std::set<std::string>{"relations", "translation"}), boost::test_tools::per_element());
    auto const at = parse_listen(config.value().listen);
    BOOST_TEST(at.value().address == "::1");
    BOOST_TEST(at.value().port == 2);
}

BOOST_FIXTURE_TEST_CASE(relative_paths_start_at_the_data_folder, Folder) {
    auto const config = read("[store]\nurl = \"sqlite://deep/kogge.db\"\n[plugins]\nfolder = \"plugins\"\n[demo]\nscenario = \"/elsewhere/demo.json\"\n").value();
    BOOST_TEST(store_url(config) == "sqlite://" + (path / "deep/kogge.db").string());
    BOOST_TEST(plugin_folder(config) == path / "plugins");
    BOOST_TEST(demo_scenario(config) == "/elsewhere/demo.json");
    BOOST_TEST(backup_folder(config) == path / "backups");
}

BOOST_FIXTURE_TEST_CASE(links_begin_with_the_public_address_and_one_slash, Folder) {
    BOOST_TEST(read("[server]\npublic_url = \"https://kogge.example.org/\"\n").value().public_url == "https://kogge.example.org");
}

BOOST_FIXTURE_TEST_CASE(without_settings_everything_has_its_place, Folder) {
    auto const config = read("").value();
    BOOST_TEST(store_url(config) == "sqlite://" + (path / "kogge.db").string());
    BOOST_TEST(plugin_folder(config) == std::filesystem::path(KOGGE_BUILD) / "plugins");
    BOOST_TEST(read_config({}, {{"XDG_DATA_HOME", "/x"}}).value().data_dir == "/x/kogge");
    BOOST_TEST(read_config({}, {{"HOME", "/home/ada"}}).value().data_dir == "/home/ada/.local/share/kogge");
}

BOOST_FIXTURE_TEST_CASE(blocks_of_addresses_are_read_or_refused, Folder) {
    BOOST_TEST(read("[outbound]\nallow_private = [\"127.0.0.1/8\", \"fd00::/8\"]\n").value().allow_private == (std::vector<std::string>{"127.0.0.1/8", "fd00::/8"}),
               boost::test_tools::per_element());
    BOOST_TEST(read("", {{"KOGGE_OUTBOUND_ALLOW_PRIVATE", "10.0.0.0/8,192.168.1.7"}}).value().allow_private.size() == 2u);
    BOOST_TEST(error("[outbound]\nallow_private = [\"localhost\"]\n").ends_with("'outbound.allow_private' wants a list of blocks of addresses such as 10.0.0.0/8, not 'localhost'"));
    BOOST_TEST(error("[outbound]\nmax_mb = 0\n").ends_with("wants a whole number above 0, not '0'"));
}

BOOST_FIXTURE_TEST_CASE(mail_is_read_and_what_is_missing_told, Folder) {
    std::ofstream(path / "mail.password") << "geheim\nsecond line\n";
    auto const both = "[mail]\nsmtp_url = \"smtp://mail.example.org:587\"\nuser = \"kogge\"\npassword_file = \"mail.password\"\nfrom = \"kogge@example.org\"\n"
                      "imap_url = \"imaps://mail.example.org/INBOX\"\n";
    auto const settings = mail::ready(read(both).value().mail).value();
    BOOST_TEST(settings.smtp.password == "geheim");
    BOOST_TEST(settings.imap.user == "kogge"); // the same, unless told otherwise
    BOOST_TEST(settings.imap.password == "geheim");
    auto const own = mail::ready(read(both, {{"KOGGE_MAIL_IMAP_USER", "post"}, {"KOGGE_MAIL_IMAP_PASSWORD", "anders"}}).value().mail).value();
    BOOST_TEST(own.imap.password == "anders");

    BOOST_TEST(mail::ready(read("[mail]\nsmtp_url = \"smtp://mail.example.org\"\n").value().mail).error().field == "mail.from");
    BOOST_TEST(mail::ready(read("[mail]\npassword_file = \"absent\"\n").value().mail).error().message == "mail.password_file: there is no password in " + (path / "absent").string());
    BOOST_TEST(error("[mail]\nsmtp_url = \"mail.example.org\"\n").find("wants an address such as smtp://mail.example.org:587") != std::string::npos);
    BOOST_TEST(error("[mail]\nimap_url = \"https://mail.example.org\"\n").find("imaps://") != std::string::npos);
    BOOST_TEST(error("[mail]\nstarttls = \"maybe\"\n").find("required, if_offered or never") != std::string::npos);
    BOOST_TEST(error("[mail]\npoll_seconds = 0\n").find("above 0") != std::string::npos);
    BOOST_TEST(mail::ready(read("").value().mail).value().smtp.url.empty());
}

BOOST_FIXTURE_TEST_CASE(postgresql_is_handed_to_libpq_as_it_is, Folder) {
    auto const url = "postgresql://kogge@db.example.org/kogge?sslmode=verify-full";
    BOOST_TEST(store_url(read("[store]\nurl = \"" + std::string(url) + "\"\n").value()) == url);
}
