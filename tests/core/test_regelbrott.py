from sus.core.regelbrott import Regelbrott


def test_regelbrott_is_its_sentence_and_knows_its_field():
    brott = Regelbrott("Välj stadsdel.", falt="stadsdel")

    assert str(brott) == brott.text == "Välj stadsdel."
    assert brott.falt == "stadsdel"
    assert Regelbrott("Deltagandet är redan avslutat.").falt is None
