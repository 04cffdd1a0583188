# SPDX-License-Identifier: EUPL-1.2
"""A change of the tz database between two starts of the daemon: the wall clock is the fact, the moment follows.

    zones_test.py BUILD

The second start sees another /usr/share/zoneinfo: a folder of our own, put there in a mount namespace of its own. In it
Germany stays on winter time from 2027 on, the Netherlands do not."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import kogge_daemon  # noqa: E402
from feeds_test import Link, events, libical  # noqa: E402
import feeds_test  # noqa: E402

BUILD = pathlib.Path()
HAMBURG = "visit-hh-2027"
ZONEINFO = pathlib.Path("/usr/share/zoneinfo")
CHANGED = """\
Rule EU 1996 max - Mar lastSun 1:00u 1:00 S
Rule EU 1996 max - Oct lastSun 1:00u 0 -
Zone Europe/Berlin 1:00 EU CE%sT 2027 Jan 1
                   1:00 -  CET
"""


class Elsewhen(kogge_daemon.Daemon):
    """A daemon that finds `zones` where the tz database is."""

    zones = None

    @property
    def program(self) -> pathlib.Path:
        if not self.zones:
            return super().program
        script = self.data / "kogge-elsewhen"
        inside = f'mount --bind "{self.zones}" {ZONEINFO} && exec "{super().program}" "$@"'
        script.write_text(f"#!/bin/sh\nexec unshare --map-root-user --mount sh -c '{inside}' kogge \"$@\"\n", encoding="utf-8")
        script.chmod(0o755)
        return script


def changed_zones(folder: pathlib.Path) -> pathlib.Path:
    zones = folder / "zoneinfo"
    shutil.copytree(ZONEINFO, zones, symlinks=True)
    source = folder / "germany"
    source.write_text(CHANGED, encoding="utf-8")
    subprocess.run(["/usr/sbin/zic", "-d", str(zones), str(source)], check=True, timeout=60)
    return zones


class Tzdata(unittest.TestCase):
    def test_local_times_survive_and_moments_follow(self):
        with tempfile.TemporaryDirectory(prefix="kogge-zones-") as name:
            folder = pathlib.Path(name)
            (folder / "data").mkdir()
            daemon = Elsewhen(BUILD, data=folder / "data", demo=True)
            with daemon:
                link = Link(daemon.client(), HAMBURG, "visit")
                path = link.url[link.url.index("/feeds/"):]
                before = daemon.anonymous().get(path).expect(200).content()
            daemon.zones = changed_zones(folder)
            with daemon:
                after = daemon.anonymous().get(path).expect(200).content()
                document = daemon.client().document("programme_item", "it-20")
        old, new = events(before), events(after)
        self.assertEqual(set(old), set(new))
        for uid, event in new.items():
            before_it = old[uid]
            self.assertEqual(event["DTSTART"].to_ical(), before_it["DTSTART"].to_ical(), uid)
            self.assertEqual((event["SEQUENCE"], event["LAST-MODIFIED"].dt), (before_it["SEQUENCE"], before_it["LAST-MODIFIED"].dt), uid)
            if "DTEND" in event:
                self.assertEqual(event["DTEND"].to_ical(), before_it["DTEND"].to_ical(), uid)
            else:  # a leg to the Netherlands that by the new clock arrives before it leaves
                self.assertEqual((before_it["DTSTART"].params["TZID"], before_it["DTEND"].params["TZID"]), ("Europe/Berlin", "Europe/Amsterdam"), uid)
        was, now = ({event["uid"]: event for event in libical(feed)["events"]} for feed in (before, after))
        self.assertEqual((was["it-20@item.kogge"]["begins"], now["it-20@item.kogge"]["begins"]), ("2027-04-22T12:00:00Z", "2027-04-22T13:00:00Z"))
        self.assertEqual((document["starts"][:19], document["starts"][25:]), ("2027-04-22T14:00:00", "[Europe/Berlin]"))
        leg = now["lg-01@leg.kogge"]  # leaves Groningen as before, arrives in Leer by the new clock
        self.assertEqual((leg["begins"], leg["ends"]), ("2027-04-21T05:24:00Z", "2027-04-21T07:26:00Z"))
        self.assertEqual(was["lg-01@leg.kogge"]["ends"], "2027-04-21T06:26:00Z")


if __name__ == "__main__":
    BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
    feeds_test.BUILD = BUILD
    if subprocess.run(["unshare", "--map-root-user", "--mount", "true"], capture_output=True, timeout=30).returncode != 0:
        print("no mount namespace may be made here: another tz database cannot be shown to the daemon")
        sys.exit(77)
    unittest.main(verbosity=2)
