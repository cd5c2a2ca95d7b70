"""Regions made of extracts that lie on the disk, for tests."""

from __future__ import annotations

import re
from contextlib import contextmanager

from backward_running.flows.region import prepare
from backward_running.store.osm_extract import OsmExtract
from backward_running.store.region_file import RegionFile


@contextmanager
def prepared(extract, folder, heights_of=None):
    """Prepare an extract in a folder, and open what came of it."""
    path = folder / f"{extract.name.split('.osm')[0]}.region"
    with RegionFile.make(path) as making:
        prepare(making, OsmExtract(extract), path.stem, heights_of=heights_of)
    with RegionFile.open(path) as region:
        yield region


#: A park by two roads: a path of 200 m, a lawn, a pitch, a bench, and a way that leaves the map.
PARK = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="a hand">
 <bounds minlat="60.1690000" minlon="24.9350000" maxlat="60.1730000" maxlon="24.9450000"/>
 <node id="1" lat="60.1700" lon="24.9380" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="2" lat="60.1700" lon="24.9416" version="1" timestamp="2026-02-01T08:00:00Z"/>
 <node id="3" lat="60.1702" lon="24.9380" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="4" lat="60.1702" lon="24.9390" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="5" lat="60.1706" lon="24.9390" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="6" lat="60.1706" lon="24.9380" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="7" lat="60.1712" lon="24.9380" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="8" lat="60.1712" lon="24.9398" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="9" lat="60.1717" lon="24.9398" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="10" lat="60.1717" lon="24.9380" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="11" lat="60.1695" lon="24.9360" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="12" lat="60.1725" lon="24.9360" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="13" lat="60.17003" lon="24.9398" version="1" timestamp="2025-04-01T08:00:00Z">
  <tag k="amenity" v="bench"/>
 </node>
 <node id="14" lat="60.1721" lon="24.9420" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <node id="15" lat="60.1725" lon="24.9420" version="1" timestamp="2025-04-01T08:00:00Z"/>
 <way id="21" version="1" timestamp="2026-02-01T08:00:00Z"><nd ref="1"/><nd ref="2"/>
  <tag k="highway" v="footway"/><tag k="surface" v="fine_gravel"/><tag k="lit" v="yes"/><tag k="width" v="3"/>
  <tag k="name" v="Long Alley"/></way>
 <way id="22" version="1" timestamp="2025-04-01T08:00:00Z"><nd ref="3"/><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="3"/>
  <tag k="landuse" v="grass"/></way>
 <way id="23" version="1" timestamp="2025-04-01T08:00:00Z"><nd ref="7"/><nd ref="8"/><nd ref="9"/><nd ref="10"/><nd ref="7"/>
  <tag k="leisure" v="pitch"/><tag k="sport" v="soccer"/><tag k="surface" v="grass"/></way>
 <way id="24" version="1" timestamp="2025-04-01T08:00:00Z"><nd ref="11"/><nd ref="12"/>
  <tag k="highway" v="residential"/></way>
 <way id="25" version="1" timestamp="2025-04-01T08:00:00Z"><nd ref="14"/><nd ref="15"/><nd ref="99"/>
  <tag k="highway" v="secondary"/></way>
 <way id="26" version="1" timestamp="2025-04-01T08:00:00Z"><nd ref="98"/><nd ref="99"/>
  <tag k="highway" v="primary"/></way>
</osm>
"""


def park(folder, *, north_deg=0.0, east_deg=0.0):
    """Write the park as an extract, moved so far where that is asked for; return its path."""

    def moved(found):
        latitude, longitude = float(found[2]) + north_deg, float(found[4]) + east_deg
        return f'{found[1]}lat="{latitude:.7f}" {found[3]}lon="{longitude:.7f}"'

    path = folder / "park.osm"
    path.write_text(re.sub(r'(min|max|)lat="([\d.]+)" (min|max|)lon="([\d.]+)"', moved, PARK), encoding="utf-8")
    return path
