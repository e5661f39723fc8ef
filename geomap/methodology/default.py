"""The default model: four pillars, Pressure and Capacity, and the two composites, as the text of a methodology file."""

MODEL = """
[[domain]]
id = "incidents"
title = "Recorded and perceived incidents"
up = "worse"
reason = "What has been recorded here; it shows reporting as well as harm, and says so wherever it is shown."

[[domain]]
id = "socioeconomic"
title = "Socioeconomic vulnerability"
up = "worse"
reason = "Conditions under which people have less to fall back on."

[[domain]]
id = "trust"
title = "Trust and social capital"
up = "better"
reason = "Whether people trust institutions and one another, and take part."

[[domain]]
id = "assets"
title = "Protective assets"
up = "better"
reason = "Places that are already there to meet, to learn and to get help."

[[index]]
id = "pressure"
title = "Pressure"
up = "worse"
of = ["incidents", "socioeconomic"]
reason = "What a neighbourhood has to bear: the plain mean, since a little more of one adds to a little more of the other."

[[index]]
id = "capacity"
title = "Capacity"
up = "better"
of = ["trust", "assets"]
reason = "What a neighbourhood has to answer with: the plain mean of trust and places."

[[index]]
id = "resilience"
title = "Resilience"
up = "better"
combine = "geometric"
of = ["pressure", "capacity"]
reason = "Low pressure and high capacity together; the geometric mean, since no number of libraries cancels violence."

[[index]]
id = "risk"
title = "Risk"
up = "worse"
combine = "geometric"
of = ["incidents", "socioeconomic", "capacity"]
reason = "Incidents, vulnerability and lack of capacity together, in the form of the INFORM risk index."
"""
