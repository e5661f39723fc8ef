"""An index file is strict: what is missing, misspelt or impossible is told at once, each with its line."""

import pytest

from geomap.errors import MethodologyError
from geomap.methodology.describe import choices
from geomap.methodology.index import read_index
from geomap.methodology.published import find, names

HEAD = '[index]\nname = "x"\ntitle = "X"\nreason = "R."\n\n'


def node(text: str) -> str:
    """A node with its reason."""
    return f'[[node]]\n{text}\nreason = "R."\n\n'


def faults(tmp_path, *nodes: str) -> tuple[str, ...]:
    """What is said of a file of these nodes."""
    path = tmp_path / "x.toml"
    path.write_text(HEAD + "".join(nodes), encoding="utf-8")
    with pytest.raises(MethodologyError) as wrong:
        read_index(path)
    return wrong.value.faults


def test_all_faults_are_told_with_their_lines(tmp_path):
    """A gather that is missing, a step nobody knows, a word nobody knows: the line of each."""
    said = faults(
        tmp_path,
        node('id = "a"\nof = ["p", "q"]\nmissing = "ignore"'),
        node('id = "b"\nof = ["p"]\nsteps = [{ step = "astrology" }]\ncolour = "red"'),
    )
    assert any(one.startswith("line 6:") and "say in gather" in one for one in said)
    assert any(one.startswith("line 15:") and "'astrology' is no step known here" in one for one in said)
    assert any(one.startswith("line 16:") and "colour: is not a word known here" in one for one in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('id = "a"\nof = ["p", "q"]\ngather = "sum"', "say in missing what happens"),
        ('id = "a"\nof = ["p", "q"]\ngather = "sum"\nmissing = "guess"', "missing"),
        ('id = "a"\nof = ["p", "q"]\ngather = "sum"\nmissing = "ignore"\nweights = [1]', "2 parts but 1 weights"),
        ('id = "a"\nof = ["p", "q"]\ngather = "sum"\nmissing = "ignore"\nweights = { p = 1, r = 2 }', "write one for each part"),
        ('id = "a"\nof = ["p", "q"]\ngather = "sum"\nmissing = "ignore"\nweights = "guess"', "is no way to weigh"),
        ('id = "a"\nof = ["p", "q"]\ngather = "product"\nmissing = "ignore"', "goes with powers"),
        ('id = "a"\nof = ["p", "p"]\ngather = "sum"\nmissing = "ignore"', "names a part twice"),
        ('id = "a"\nof = ["p"]\nsteps = [{ step = "z" }]', "ddof: is missing"),
        ('id = "a"\nof = ["p"]\nsteps = [{ step = "winsorise" }]', "give either most"),
        ('id = "a"\nof = ["p"]\nsteps = [{ step = "distance_to_target", start = 1, target = 1 }]', "no way between them"),
        ('id = "1a"\nof = ["p"]', "id"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, text, said):
    """Each in a sentence."""
    assert any(said in one for one in faults(tmp_path, node(text)))


def test_nodes_stand_after_what_they_are_made_of(tmp_path):
    """Else the file says which to put first, on the line of the one that comes too early."""
    said = faults(tmp_path, node('id = "a"\nof = ["b"]'), node('id = "b"\nof = ["p"]'))
    assert said == ("line 7: the file: node 'a' is made of 'b', which is described after it; put 'b' first.",)


def test_an_id_is_used_once(tmp_path):
    """Twice is told."""
    assert "used more than once" in faults(tmp_path, node('id = "a"\nof = ["p"]'), node('id = "a"\nof = ["q"]'))[0]


def test_the_main_node_is_one_of_them(tmp_path):
    """A main that does not exist is told with those there are."""
    path = tmp_path / "x.toml"
    path.write_text(HEAD.replace("reason", 'main = "z"\nreason') + node('id = "a"\nof = ["p"]'), encoding="utf-8")
    with pytest.raises(MethodologyError, match="main = 'z' is no node"):
        read_index(path)


def test_an_index_nobody_knows_is_told_with_those_there_are():
    """Built in, or a file of one's own."""
    with pytest.raises(MethodologyError, match="Built in are"):
        find("horoscope")
    with pytest.raises(MethodologyError, match="There is no file"):
        read_index(find("nowhere.toml"))


@pytest.mark.parametrize("name", names())
def test_every_shipped_index_can_be_told_in_words(name):
    """Each choice with a reason, and the name of the file is the name of the index."""
    recipe = read_index(find(name))
    assert recipe.index.name == name
    told = choices(recipe)
    assert len(told) >= len(recipe.node)
    assert all(row.how and row.reason for row in told)
    assert recipe.index.publisher
    assert recipe.index.licence
