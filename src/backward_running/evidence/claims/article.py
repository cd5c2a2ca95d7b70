"""The fifteen claims of the article, audited: what it says, what the studies found, what this program does instead."""

from __future__ import annotations

from backward_running.evidence.base import Claim, ClaimTable, Verdict
from backward_running.evidence.studies import (
    ankle_sprain_trial,
    backward_history,
    body_weight_support,
    calf_damage,
    cavagna2012,
    devita1991,
    flynn1995,
    hreljac2005,
    kachanathu2014,
    landing_from_memory,
    leg_muscles_lab,
    lin2025,
    low_back_trials,
    ordway2016,
    roos2012,
    stroke_review2024,
    sussman,
    tendon_loading,
    terblanche2005,
    the_article,
    this_project,
    threlkeld1989,
    trunk_muscles,
    uthoff2018,
    wen2022,
    whitley2011,
    williford1998,
    wright2001,
)

_BENEFITS = (
    Claim(
        key="more_calories",
        ordinal=1,
        article_says="Running backward burns more calories.",
        verdict=Verdict.PARTLY,
        verdict_words="partly: per kilometre yes, per minute at equal effort no",
        studies_say=(
            "At equal speed running backward costs 15 to 35 % more. At equal effort you go slower, and a minute "
            "costs about the same."
        ),
        we_do="Shows the cost per direction with its interval, and per kilometre beside per minute.",
        evidence=(williford1998.RUN, wright2001.COST, body_weight_support.COST),
    ),
    Claim(
        key="body_weight_2_5_percent",
        ordinal=2,
        article_says="You lose an extra 2.5 % of your body weight in six weeks.",
        verdict=Verdict.FALSE,
        verdict_words="false",
        studies_say=(
            "The study found 2.4 less in the percentage of body fat, in 13 young women against controls who did not"
            " train; two other trials found no change in body composition. What 18 sessions of 45 minutes add over "
            "forward running is about 0.3 % of body weight (worked out here)."
        ),
        we_do="Promises no weight loss and sets no weight goal.",
        evidence=(terblanche2005.BODY, kachanathu2014.BODY, ordway2016.BODY, this_project.EXTRA_WEIGHT),
    ),
    Claim(
        key="vo2max_is_intensity",
        ordinal=3,
        article_says="VO2 max is a measure of exercise intensity.",
        verdict=Verdict.FALSE,
        verdict_words="false: it is a capacity",
        studies_say="VO2max is a capacity: the most oxygen you can use. Intensity is VO2, or its share of VO2max.",
        we_do="Says oxygen uptake for what a run takes, and keeps VO2max for the capacity.",
        evidence=(the_article.WORDS,),
    ),
    Claim(
        key="more_muscles",
        ordinal=4,
        article_says="Running backward activates more muscles.",
        verdict=Verdict.PARTLY,
        verdict_words="partly: one muscle works harder, not more muscles",
        studies_say=(
            "Activity of the rectus femoris, at the front of the thigh, about doubles at equal speed (+113.5 % in "
            "13 people). That is one muscle working harder; that more muscles work was not found."
        ),
        we_do="Shows for each run which muscles work harder and which do not, and says where it is not known.",
        evidence=(leg_muscles_lab.MUSCLES,),
    ),
    Claim(
        key="less_impact",
        ordinal=5,
        article_says="Running backward lessens the impact.",
        verdict=Verdict.UNSUPPORTED,
        verdict_words="not supported for peak force",
        studies_say=(
            "The peak upward acceleration of the body is higher backward: 15.7 against 13.2 m/s² in 9 people. With "
            "gravity that is about 2.60 against 2.35 times body weight. An older study had it lower, and the impact "
            "peak itself is not known."
        ),
        we_do="Shows peak force beside the other tissues, and never says that backward is easier on the whole body.",
        evidence=(cavagna2012.ACCELERATION, roos2012.GROUND, threlkeld1989.FORCE),
    ),
)

_BODY = (
    Claim(
        key="less_knee_pressure",
        ordinal=6,
        article_says="It puts less pressure on the knee.",
        verdict=Verdict.PARTLY,
        verdict_words="partly: depends on speed and person",
        studies_say=(
            "Force behind the kneecap was 3.4 against 4.5 times body weight at equal speed (20 people) and 3.0 "
            "against 5.6 at self-chosen speeds (5 people), but no different at 1.0 m/s (10 people). Shorter steps "
            "take back part of it per kilometre."
        ),
        we_do="Shows the knee per step, per minute and per kilometre with an interval: less is possible, not given.",
        evidence=(roos2012.KNEE, flynn1995.KNEE, sussman.KNEE),
    ),
    Claim(
        key="less_ankle_strain",
        ordinal=7,
        article_says="It puts less strain on the ankles.",
        verdict=Verdict.UNSUPPORTED,
        verdict_words="not supported",
        studies_say=(
            "The calf takes over much of the landing (from memory, not yet checked); its load is probably higher. "
            "Nobody found it lower."
        ),
        we_do="Asks how your calves feel a day and two days later, and waits when they are sore.",
        evidence=(devita1991.ANKLE, landing_from_memory.CALF, calf_damage.CALF),
    ),
    Claim(
        key="restores_posture",
        ordinal=8,
        article_says="It restores your posture.",
        verdict=Verdict.WEAK,
        verdict_words="weak, and for walking only",
        studies_say=(
            "The back extensors work more in backward walking (42 people). Whether posture gets better is barely "
            "tested."
        ),
        we_do="Leaves posture out of its reasons.",
        evidence=(trunk_muscles.TRUNK, low_back_trials.BACK),
    ),
    Claim(
        key="achilles",
        ordinal=9,
        article_says="It is effective for Achilles injuries.",
        verdict=Verdict.UNSUPPORTED,
        verdict_words="not supported, may aggravate early",
        studies_say=(
            "No trial exists; the care of a painful tendon is heavy calf loading. Landing on the forefoot loads it,"
            " and downhill backward walking is used in laboratories to damage calves: strength fell by 20 % and "
            "soreness peaked at 48 h."
        ),
        we_do="Closes running backward while an Achilles tendon or calf is painful, and never plans it downhill.",
        evidence=(calf_damage.CALF, landing_from_memory.FOREFOOT, tendon_loading.CARE),
    ),
    Claim(
        key="stroke",
        ordinal=10,
        article_says="It is effective for stroke patients.",
        verdict=Verdict.WALKING,
        verdict_words="supported for walking, low certainty",
        studies_say=(
            "Seven studies of supervised walking backward: 0.11 m/s faster over 10 m (0.01 to 0.21), and 4.38 points "
            "more on the Berg scale of balance. Added to forward training it gained only 0.03 m/s (0.01 to 0.04). "
            "Nobody ran."
        ),
        we_do="Plans no running backward after a stroke and points to walking with a clinician.",
        evidence=(wen2022.WALK, stroke_review2024.INSTEAD),
    ),
    Claim(
        key="other_injuries",
        ordinal=11,
        article_says="It helps hips, back, hamstring, groin, shin splints, knee and ankle sprains.",
        verdict=Verdict.WEAK,
        verdict_words="weak: very uneven; no trial of running backward for any of them",
        studies_say=(
            "Backward walking eases the pain of an arthritic knee (13 trials). For the low back there are small "
            "trials of walking, for the hamstring more flexibility after walking (10 women); for the ankle a trial "
            "is registered and its results were not seen. For hip, groin and shin nothing was found."
        ),
        we_do="Plans no running backward as a treatment. Rehabilitation stays beside your clinician's plan.",
        evidence=(
            lin2025.PAIN,
            low_back_trials.BACK,
            whitley2011.HAMSTRING,
            ankle_sprain_trial.REGISTERED,
        ),
    ),
)

_ADVICE = (
    Claim(
        key="grassy_hill",
        ordinal=12,
        article_says="Begin on a smooth grassy hill, uphill first.",
        verdict=Verdict.WEAK,
        verdict_words="weak: reasoned, no trial",
        studies_say="Uphill you are slower, fall less far and do not brake with the calf.",
        we_do="Offers a gentle grass slope of 2 to 4 % from week 3, and keeps downhill closed.",
        evidence=(the_article.ADVICE, calf_damage.CALF),
    ),
    Claim(
        key="treadmill",
        ordinal=13,
        article_says="Use a treadmill for your first trial.",
        verdict=Verdict.WEAK,
        verdict_words="weak: with a harness in laboratories",
        studies_say="Trained men who ran backward on a treadmill in a laboratory wore a harness.",
        we_do="Asks for a rail, a safety clip and a start of at most 0.8 m/s.",
        evidence=(the_article.ADVICE, ordway2016.HARNESS),
    ),
    Claim(
        key="halve_the_pace",
        ordinal=14,
        article_says="Reduce your pace by 50 to 70 %.",
        verdict=Verdict.PARTLY,
        verdict_words="partly: sensible as a skill cap, but that is walking for most",
        studies_say=(
            "Backward walking turns into running at 1.63 m/s (5.9 km/h). At half your speed you run backward only "
            "if you run 11.7 km/h forward; at −70 % only from 19.6 km/h."
        ),
        we_do="Takes it as the cap of the first weeks and says openly when that means walking.",
        evidence=(the_article.ADVICE, hreljac2005.TRANSITION, uthoff2018.SPEED, this_project.CHOICE),
    ),
    Claim(
        key="early_1900s",
        ordinal=15,
        article_says="It began in the early 1900s.",
        verdict=Verdict.FALSE,
        verdict_words="false",
        studies_say="A mention from 1826 is known (from memory, not yet checked).",
        we_do="Tells no history.",
        evidence=(backward_history.HISTORY,),
    ),
)

CLAIMS = ClaimTable(
    key="article",
    title="What the article says, and what the studies found",
    claims=(*_BENEFITS, *_BODY, *_ADVICE),
)
