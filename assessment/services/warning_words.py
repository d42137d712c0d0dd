"""What warnings are called, and a first step for each line that a newcomer may answer low; read by the staff."""

KIND_WORDS = {
    "talk": "Would like to talk",
    "stay": "Staying",
    "low": "Low answers",
    "falling": "Falling",
    "apart": "Two views",
    "no_answer": "No answer",
}
GENERAL_STEP = "Offer half an hour in a quiet room. Ask what would help first; agree on one thing and a day."
HELPS = {
    "tools": "See today to the access, tools, clothes or keys that are missing.",
    "whom_to_ask": "Name one person to ask at any hour, and introduce the two today.",
    "as_told": "Ask what is other than was said before the start, and put right what you can.",
    "welcome": "Have a break together with the team this week, and ask the buddy to come along.",
    "feedback": "Say once a week what you saw: one thing that went well, one to try.",
    "time_to_learn": "Put two protected hours into the rota of next week, and keep them.",
    "speak_up": "Thank the newcomer for the next thing they point out, and say what came of it.",
    "plan_helps": "Go through the plan together, and swap one line for what the real work asks.",
    "workload": "Look at the rota together, and take one task away for two weeks.",
    "team": "Pair the newcomer with one team mate for the busiest hour of the day.",
    "breaks": "Find out who covers the desk or ward during breaks, and write it into the rota.",
    "better": "Watch ten minutes of real work, and say which skill has grown.",
    "good_work": "Show two examples of good work here, and say what makes them good.",
    "part_of_team": "Ask the newcomer to lead one small thing in the next team meeting.",
    "next_step": "Talk about what comes after day 90: a task, a course, a role.",
}
