"""Motion capture as virtual sensors: the mechanics against closed forms, the axes against a real capture."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnreadableFile

bvh = pytest.importorskip("validation._bvh", reason="validation/ is not here")
virtual = pytest.importorskip("validation._virtual_sensors", reason="validation/ is not here")

G = 9.80665
LEG = """JOINT {0}UpLeg {{ OFFSET {1} 0 0 CHANNELS 3 Zrotation Xrotation Yrotation
 JOINT {0}Leg {{ OFFSET 0 {2} 0 CHANNELS 3 Zrotation Xrotation Yrotation
  JOINT {0}Foot {{ OFFSET 0 {2} 0 CHANNELS 3 Zrotation Xrotation Yrotation
   End Site {{ OFFSET 0 0 {3} }} }} }} }}
"""


def body(frames, *, frame_s=0.01, scale=1.0, extra=""):
    """A body of two legs that faces along z; `frames` are the six numbers of the root."""
    tree = (
        "HIERARCHY\nROOT Hips { OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\n"
    )
    legs = "".join(LEG.format(side, x * scale, -42 * scale, 15 * scale) for side, x in (("Left", 9), ("Right", -9)))
    rows = "".join(" ".join(f"{v:.7g}" for v in row) + " 0" * 18 + "\n" for row in frames)
    return f"{tree}{legs}}}\n{extra}MOTION\nFrames: {len(frames)}\nFrame Time: {frame_s}\n{rows}".encode()


def still(count=300):
    frames = np.zeros((count, 6))
    frames[:, 1] = 84.0
    return frames


def test_a_standing_body_feels_gravity_and_does_not_turn():
    run = bvh.read(body(still()))
    assert [stream.place for stream in run.streams] == ["foot_left", "foot_right", "shank_left", "thigh_right", "waist"]
    for stream in run.streams:
        assert (stream.frame, stream.mount_known) == ("body", True)
        assert stream.columns["acc_z_mps2"] == pytest.approx(np.full(len(stream), G))
        assert stream.columns["acc_x_mps2"] == pytest.approx(np.zeros(len(stream)), abs=1e-9)
        assert stream.columns["gyr_z_radps"] == pytest.approx(np.zeros(len(stream)), abs=1e-9)


@pytest.mark.parametrize("unit", [1.0, 0.01, 10.0])
def test_a_push_forward_is_felt_along_y_whatever_the_unit(unit):
    time = np.arange(300) * 0.01
    frames = still()
    frames[:, 2] = 100 * np.cumsum(np.cumsum(np.full(300, 2.0))) * 1e-4  # 2 m/s² along z, where the toes point
    run = bvh.read(body(frames[:, :] * [unit, unit, unit, 1, 1, 1], scale=unit))
    waist = run.streams[-1]
    assert waist.columns["acc_y_mps2"] == pytest.approx(np.full(len(waist), 2.0), abs=0.02)
    assert waist.columns["acc_z_mps2"] == pytest.approx(np.full(len(waist), G), abs=0.02)
    assert time[-1] == pytest.approx(2.99)


def under_a_root_that_stands_still(data):
    """The same body below a joint that never moves, as some exporters write it."""
    text = data.decode()
    six = "Xposition Yposition Zposition Zrotation Xrotation Yrotation"
    text = text.replace("ROOT Hips {", f"ROOT joint_Root {{ OFFSET 0 0 0 CHANNELS 6 {six}\nJOINT Hips {{", 1)
    tree, motion = text.split("MOTION\n")
    head, rows = motion.split("\n", 2)[:2], motion.split("\n", 2)[2]
    moved = "\n".join(f"0 0 0 0 0 0 {row}" for row in rows.splitlines())
    return f"{tree}}}\nMOTION\n{head[0]}\n{head[1]}\n{moved}\n".encode()


def test_the_waist_sits_where_the_legs_hang_and_not_on_a_root_that_stands_still():
    frames = still()
    frames[:, 2] = 100 * np.cumsum(np.cumsum(np.full(300, 2.0))) * 1e-4
    plain, below = bvh.read(body(frames)), bvh.read(under_a_root_that_stands_still(body(frames)))
    for one, other in zip(plain.streams, below.streams, strict=True):
        assert one.place == other.place
        for name, values in one.columns.items():
            assert other.columns[name] == pytest.approx(values, abs=1e-9)
    assert below.streams[-1].columns["acc_y_mps2"] == pytest.approx(np.full(len(below.streams[-1]), 2.0), abs=0.02)


def test_a_captured_waist_is_alive(shared_data):
    for path in sorted((shared_data / "mocap" / "bandai_styles").glob("*run*.bvh"))[:3]:
        waist = next(one for one in bvh.read(path.read_bytes()).streams if one.place == "waist")
        assert np.std(waist.columns["acc_z_mps2"]) > 2.0, path.name
        assert np.std(waist.columns["gyr_z_radps"]) > 0.2, path.name


def test_a_turn_to_the_left_is_positive_about_z():
    frames = still()
    frames[:, 5] = np.degrees(0.8 * np.arange(300) * 0.01)  # about the vertical, y in this file
    run = bvh.read(body(frames))
    assert run.streams[-1].columns["gyr_z_radps"] == pytest.approx(np.full(len(run.streams[-1]), 0.8), abs=1e-3)


def test_a_body_on_a_circle_feels_the_centre():
    time = np.arange(400) * 0.01
    radius, rate = 2.0, 1.5
    angle = rate * time
    position = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.zeros(400)])
    turns = Rotation.from_rotvec(np.column_stack([np.zeros((400, 2)), angle])).as_matrix()
    acc, gyr = virtual.sensed(time[50:-50], position, turns, 0.01)
    assert acc[10:-10] == pytest.approx(np.broadcast_to([-radius * rate**2, 0, G], (280, 3)), abs=0.02)
    assert gyr == pytest.approx(np.broadcast_to([0, 0, rate], gyr.shape), abs=1e-4)


def test_quaternions_of_neighbours_have_no_jumps_of_sign():
    turns = Rotation.from_rotvec(np.linspace(0.0, 9.0, 500)[:, None] * np.array([0.6, 0.0, 0.8])).as_matrix()
    steps = virtual.quaternions(turns)
    assert np.all(np.sum(steps[1:] * steps[:-1], axis=1) > 0)
    assert Rotation.from_quat(steps).as_matrix() == pytest.approx(turns, abs=1e-12)


def test_the_spline_goes_through_its_points_with_its_derivatives():
    time = np.arange(200) * 0.05
    value, first, second = virtual.Spline(np.sin(time)[:, None], 0.05).at(time[40:160] + 0.02)
    at = time[40:160] + 0.02
    assert value[:, 0] == pytest.approx(np.sin(at), abs=1e-5)
    assert first[:, 0] == pytest.approx(np.cos(at), abs=1e-4)
    assert second[:, 0] == pytest.approx(-np.sin(at), abs=1e-3)


def test_names_of_other_skeletons_are_understood():
    data = body(still())
    for old, new in ((b"UpLeg", b"Hip"), (b"Leg", b"Knee"), (b"Foot", b"Ankle")):
        data = data.replace(b"Left" + old, b"Left" + new).replace(b"Right" + old, b"Right" + new)
    assert len(bvh.read(data).streams) == 5
    mixamo = body(still()).replace(b"Left", b"mixamorig:Left").replace(b"Right", b"mixamorig:Right")
    assert len(bvh.read(mixamo).streams) == 5
    short = body(still()).replace(b"Left", b"l").replace(b"Right", b"r").replace(b"UpLeg", b"Thigh")
    assert len(bvh.read(short.replace(b"Leg", b"Shin")).streams) == 5


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (body(still(0)), NotAnActivity, "no motion"),
        (body(still(3)), NotAnActivity, "too few"),
        (body(still(30)), NotAnActivity, "too short"),
        (body(still()).replace(b"MOTION", b"MOTHS"), UnreadableFile, "before its MOTION"),
        (body(still()).replace(b"Frame Time: 0.01", b"Frame Time: 0"), UnreadableFile, "expected 0.0001 to 1 s"),
        (body(still()).replace(b"Foot", b"Paw"), UnreadableFile, "legs and feet"),
        (body(still(), scale=1e4), UnreadableFile, "no person in any unit"),
        (body(still()).replace(b"OFFSET 9", b"OFFSET nine"), UnreadableFile, "“nine.* came"),
        (b"HIERARCHY\nROOT Hips\n{ OFFSET 0 0", UnreadableFile, "before its MOTION"),
        (b"HIERARCHY\nROOT Hips {\nMOTION\nFrame Time: 0.1\n", UnreadableFile, "no joints that move"),
    ],
)
def test_what_is_no_moving_person_is_refused_in_words(data, error, words):
    with pytest.raises(error, match=words):
        bvh.read(data)


def test_channels_that_are_told_twice_count_once():
    twice = body(still()).replace(b"CHANNELS 3 ", b"CHANNELS 3 Zrotation Xrotation Yrotation CHANNELS 3 ")
    assert bvh.read(twice).duration_s == bvh.read(body(still())).duration_s


def test_a_damaged_frame_ends_the_clip_and_is_told():
    lines = body(still()).splitlines(keepends=True)
    lines[-50] = b"0 0 what\n"
    run = bvh.read(b"".join(lines))
    assert any("Frame 251 is damaged" in loss for loss in run.losses)
    assert run.duration_s == pytest.approx(2.09, abs=0.02)


def test_garbled_bytes_stay_in_the_family():
    data = body(still(100))
    rng = np.random.default_rng(0)
    for _ in range(80):
        broken = bytearray(data)
        for at in rng.integers(0, len(data), 3):
            broken[at] = rng.integers(256)
        try:
            bvh.read(bytes(broken))
        except BackwardRunningError as refusal:
            assert "\n" not in str(refusal)


def test_a_real_capture_gives_the_sensors_that_were_computed_from_it_elsewhere(shared_data):
    theirs = {"foot_left": "foot_l", "foot_right": "foot_r", "shank_left": "shank_l", "thigh_right": "thigh_r_pocket",
              "waist": "waist", "chest": "chest"}  # fmt: skip
    agreement: dict[tuple[str, str], list[float]] = {}
    for clip in ("C07_RunBack", "B6_WalkBackwards", "C03_Run", "B15_WalkTurnAround"):
        run = bvh.read((shared_data / "mocap" / "accad_male1" / f"Male1_{clip}.bvh").read_bytes())
        lines = (shared_data / "imu" / "virtual_male1" / f"Male1_{clip}.csv").read_text().splitlines()
        names = lines[0].split(",")
        cells = np.array([[float(cell) for cell in line.split(",")[:-1]] for line in lines[1:]])
        for stream in run.streams:
            for name, values in stream.columns.items():
                kind, axis = name[0], name[4]
                expected = cells[:, names.index(f"{theirs[stream.place]}_{kind}{axis}")]
                ours = np.interp(cells[:, 0], stream.time_s + 0.2, values)
                agreement.setdefault((stream.place, kind), []).append(float(np.corrcoef(ours, expected)[0, 1]))
    for (place, kind), found in agreement.items():
        assert np.median(found) > (0.999 if kind == "g" else 0.92), (place, kind, found)
