"""For whom an edition or a layer is: the public, partners, or those inside; each may see what those before it may."""

TIERS = ("public", "partners", "restricted")
