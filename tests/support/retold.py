"""Stories told twice with hardly a word in common, and others that only resemble one of them. Written for this project."""

from __future__ import annotations

Told = tuple[str, str]

RETOLD: tuple[tuple[Told, Told], ...] = (
    (("Night ferry returns to Tolmouth harbour",
      "For the first time in nine years a ferry will cross the harbour after midnight. The line links the market with the "
      "hospital, where 900 people finish work late. The city pays half of the fare until the spring, and will then count "
      "how many used it."),
     ("Boats to sail late again",
      "Nurses and stallholders can go home over the water again: Tolmouth brings back the late crossing that it stopped "
      "nine years ago. Half of each ticket is paid by the council in the first months. In spring it decides, by passenger "
      "numbers, whether the boats stay.")),
    (("Otters move into the old dry dock",
      "A family of otters has moved into the old dry dock, and the builders who were to turn it into flats have agreed to "
      "wait until the spring. Biologists counted two adults and three young."),
     ("Building work stops for otters",
      "Construction of apartments at the disused dock is on hold: five otters, among them three cubs, live there. The "
      "developer told biologists that its crews would come back only after winter.")),
    (("Rust battery stores four days of wind",
      "The battery turns iron into rust and back again, and stores energy for one hundred hours. The first plant is being "
      "built beside a wind farm in Minnesota and should carry the grid through a calm week in January."),
     ("Iron-air storage gets first site",
      "In Minnesota, a wind farm gets a neighbour that breathes: cells in which iron rusts while they give power and is "
      "restored while they take it. Its makers promise a hundred hours of supply, enough for windless winter days.")),
    (("Lisbon paints its roofs white",
      "Four thousand flat roofs in Lisbon will be painted white by May. White paint reflects most of the sunlight. In a "
      "trial on twelve school buildings, classrooms stayed three degrees cooler."),
     ("White roofs against the heat",
      "Portugal's capital wants to cool its buildings with a brush: by May some 4,000 flat roofs get a coat that throws "
      "sunlight back. Twelve schools tried it out, and their rooms were three degrees less hot.")),
    (("Museum finds lost painting in its own cellar",
      "A landscape that was thought to be stolen in 1974 has been found in the museum's own cellar. It stood behind a "
      "heating pipe, wrapped in newspaper. Restorers say that it will be shown again next year."),
     ("Stolen picture was never stolen",
      "For fifty years the police looked for it; all that time it stood downstairs. The city museum discovered the "
      "landscape missing since 1974 wrapped in old newspapers beside a pipe in the basement. After restoration, visitors "
      "may see it next year.")),
    (("Central bank raises rates by a quarter point",
      "The central bank raised its key interest rate by a quarter of a point to 3.75 percent on Thursday, saying that "
      "inflation remained above its goal. Economists had expected the step. Mortgages are likely to become dearer in the "
      "coming weeks."),
     ("Borrowing gets more expensive",
      "Households face higher mortgage costs after policymakers lifted the benchmark rate to 3.75 percent on Thursday. The "
      "bank pointed at prices that still climb faster than its target. Most analysts had seen the increase of 0.25 points "
      "coming.")),
)  # fmt: skip

RESEMBLING: tuple[Told, ...] = (
    ("Day ferry gets new ships",
     "Two new electric ferries will cross the Tolmouth harbour from the summer on. They carry 200 people each and replace "
     "boats from 1986. The line links the market with the university."),
    ("Seals rest on the old pier",
     "A group of seals rests on the old pier, and the builders who repair it have agreed to work on the other side until "
     "the spring. Biologists counted eleven animals."),
    ("Sand battery heats a town",
     "A silo full of hot sand keeps a Finnish town warm for a week. It is heated with wind power when that is cheap."),
    ("Madrid plants trees against heat",
     "Madrid will plant forty thousand trees along its streets by May. Trees shade the asphalt. In a trial on twelve "
     "streets, pavements stayed five degrees cooler."),
    ("Museum buys a landscape",
     "The city museum has bought a landscape of 1874 at an auction. It paid two million, half of it from donors. It will "
     "be shown from next year on."),
    ("Central bank may cut rates in June",
     "The central bank could lower its key interest rate to 3.25 percent in June, its governor said in an interview. "
     "Growth had been slower than in the year before."),
)  # fmt: skip
