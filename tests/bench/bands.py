"""How simulated applicants of each role fall into the bands: the table of the README."""

from assessment.roles.library import shipped_profiles
from tests.roles.test_fit import simulated

HEAD = "| role | in range or close on all | something to talk about | clearly outside | same band again | first ↔ third | 80 % interval holds |"


def table(n: int = 20_000) -> str:
    lines = [HEAD, "|---|---|---|---|---|---|---|"]
    for _, profile in sorted(shipped_profiles().items()):
        first, again, held = simulated(profile, n, seed=11)
        shares = [float((first.band == band).mean()) for band in ("in_or_close", "talk", "outside")]
        same = float((first.band == again.band).mean())
        jumps = float(
            (((first.band == "in_or_close") & (again.band == "outside")).mean())
            + (((first.band == "outside") & (again.band == "in_or_close")).mean())
        )
        cells = " | ".join(f"{100 * value:.0f} %" for value in (*shares, same, jumps, held))
        lines.append(f"| {profile.title} | {cells} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
