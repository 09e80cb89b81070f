"""The hint of the source decides, unless the text plainly says otherwise."""

from __future__ import annotations

import pytest

from scraper.language import LANGUAGES, LOOKED_AT, LOOKS, code, decide, language_of, sample_of

SENTENCES = {
    "ar": "تعبر العبارة الليلية الميناء كل أربعين دقيقة حتى الخامسة صباحا",
    "bg": "Нощният ферибот пресича пристанището на всеки четиридесет минути до пет часа сутринта. Билетът струва колкото преди, а пътниците вече няма нужда да чакат.",
    "bn": "রাতের ফেরি ভোর পাঁচটা পর্যন্ত প্রতি চল্লিশ মিনিটে বন্দর পার হয়।",
    "ca": "El vaixell de nit travessa el port cada quaranta minuts fins a les cinc del matí.",
    "cs": "Noční trajekt přeplouvá přístav každých čtyřicet minut až do pěti hodin ráno.",
    "da": "Natfærgen sejler over havnen hvert fyrretyvende minut indtil klokken fem om morgenen. Ingen behøver længere at vente, siger rederiet, og billetten koster det samme som før.",
    "de": "Die Nachtfähre überquert den Hafen alle vierzig Minuten bis fünf Uhr morgens.",
    "el": "Το νυχτερινό πλοίο διασχίζει το λιμάνι κάθε σαράντα λεπτά μέχρι τις πέντε το πρωί.",
    "en": "The night ferry will cross the harbour every forty minutes until five in the morning.",
    "es": "El faro volverá a encenderse este sábado, después de once años a oscuras.",
    "et": "Öine parvlaev ületab sadama iga neljakümne minuti järel kuni kella viieni hommikul.",
    "fa": "کشتی شبانه تا ساعت پنج صبح هر چهل دقیقه یک بار از بندر عبور می‌کند.",
    "fi": "Yölautta ylittää sataman neljänkymmenen minuutin välein aamuviiteen asti.",
    "fr": "Le bateau de nuit traverse le port toutes les quarante minutes jusqu’à cinq heures.",
    "he": "המעבורת הלילית חוצה את הנמל כל ארבעים דקות עד חמש בבוקר",
    "hi": "रात की नाव सुबह पाँच बजे तक हर चालीस मिनट में बंदरगाह पार करती है।",
    "hr": "Noćni trajekt prelazi luku svakih četrdeset minuta do pet sati ujutro. Putnici više ne moraju čekati, kazali su u tvrtki, a cijena karte ostaje ista.",
    "hu": "Az éjszakai komp negyven percenként kel át a kikötőn, egészen reggel öt óráig.",
    "id": "Feri malam menyeberangi pelabuhan setiap empat puluh menit sampai pukul lima pagi.",
    "it": "Il traghetto notturno attraversa il porto ogni quaranta minuti fino alle cinque del mattino.",
    "ja": "夜のフェリーは朝五時まで四十分ごとに港を渡ります。",
    "ko": "야간 여객선은 새벽 다섯 시까지 사십 분마다 항구를 건넌다.",
    "lt": "Naktinis keltas perplaukia uostą kas keturiasdešimt minučių iki penktos valandos ryto.",
    "lv": "Nakts prāmis šķērso ostu ik pēc četrdesmit minūtēm līdz pulksten pieciem no rīta.",
    "nl": "De nachtveerboot steekt de haven elke veertig minuten over tot vijf uur ’s ochtends.",
    "no": "Nattfergen krysser havnen hvert førtiende minutt frem til klokken fem om morgenen. Ingen trenger lenger å vente, sier rederiet, og billetten koster like mye som før.",
    "pl": "Nocny prom przepływa przez port co czterdzieści minut aż do piątej rano.",
    "pt": "A balsa noturna atravessa o porto a cada quarenta minutos até às cinco da manhã.",
    "ro": "Feribotul de noapte traversează portul la fiecare patruzeci de minute până la ora cinci dimineața.",
    "ru": "Ночной паром пересекает гавань каждые сорок минут до пяти утра.",
    "sk": "Nočný trajekt prepláva prístav každých štyridsať minút až do piatej hodiny ráno.",
    "sl": "Nočni trajekt prečka pristanišče vsakih štirideset minut do petih zjutraj.",
    "sr": "Ноћни трајект прелази луку на сваких четрдесет минута до пет сати ујутру.",
    "sv": "Nattfärjan korsar hamnen var fyrtionde minut fram till klockan fem på morgonen.",
    "sw": "Kivuko cha usiku huvuka bandari kila baada ya dakika arobaini hadi saa kumi na moja alfajiri.",
    "ta": "இரவுப் படகு காலை ஐந்து மணி வரை நாற்பது நிமிடங்களுக்கு ஒருமுறை துறைமுகத்தைக் கடக்கிறது.",
    "th": "เรือข้ามฟากกลางคืนข้ามท่าเรือทุกสี่สิบนาทีจนถึงตีห้า",
    "tr": "Gece feribotu sabah beşe kadar her kırk dakikada bir limanı geçiyor.",
    "uk": "Нічний пором перетинає гавань кожні сорок хвилин до п’ятої ранку.",
    "ur": "رات کی کشتی صبح پانچ بجے تک ہر چالیس منٹ بعد بندرگاہ پار کرتی ہے۔",
    "vi": "Phà đêm băng qua bến cảng cứ bốn mươi phút một chuyến cho đến năm giờ sáng.",
    "zh": "老图书馆从这个月起夜里不关灯，三楼的阅览室一直开放到早上六点。",
}


def test_all_languages_that_are_told_apart_are_tried() -> None:
    assert tuple(SENTENCES) == LANGUAGES


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_recognised_against_a_wrong_hint(language: str) -> None:
    wrong = "pt" if language != "pt" else "en"
    assert language_of(SENTENCES[language]) == language_of(SENTENCES[language], wrong) == language


@pytest.mark.parametrize("language", SENTENCES)
def test_a_long_text_is_recognised_by_a_short_look_whatever_it_quotes_first(language: str) -> None:
    quoted = SENTENCES["it" if language != "it" else "de"]
    text = f"“{quoted}”\n\n" + f"{SENTENCES[language]} " * 30
    assert len(sample_of(text)) < LOOKED_AT + LOOKS
    assert language_of(text, "fr") == language_of(text) == language


def test_a_short_or_doubtful_text_follows_the_hint() -> None:
    assert language_of("Final: 3–2", "es-ES") == "es"
    assert language_of("Radio Roma", "it") == "it"


def test_words_of_another_script_do_not_change_the_language() -> None:
    assert language_of("In Hebrew it is שלום, in Arabic سلام, and in English it is peace.", "en-gb") == "en"


def test_without_words_there_is_only_the_hint() -> None:
    assert language_of("🎉🎊 … !!", "zh-Hans") == "zh"
    assert language_of("🎉🎊 … !!") == "und"
    assert language_of("") == "und"


def test_a_language_that_we_cannot_tell_apart_is_believed() -> None:
    assert decide("eu", "es", 0.99, 100) == "eu"
    assert "eu" not in LANGUAGES


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en-GB", "en"), ("zh_Hans_CN", "zh"), ("iw", "he"), ("NB-no", "no"), ("cn", "zh"), ("und", ""), ("", ""), ("english", ""), ("x1", ""), ("<b>", "")],
)  # fmt: skip
def test_tags_are_reduced_to_their_language(tag: str, language: str) -> None:
    assert code(tag) == language
