"""Places: the gazetteer, its index, and the ranking of what a name may mean. Knows nothing of incidents."""

from compiled import use

use(__name__, __path__)
