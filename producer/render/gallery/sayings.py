"""One small story in every script of writing that the typesetter knows, with emoji. To add a script, add an entry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Saying:
    """What is written on the cards, and what is said."""

    language: str
    title: str
    said: str
    quote: str
    value: str
    noun: str
    items: tuple[str, str, str]
    source: str
    show: str
    presenter: str
    role: str
    look: str
    end: str


SAYINGS: dict[str, Saying] = {
    "Latin": Saying(
        "en", "Night trams return to the old town 🚊",
        "After nine years, the last tram leaves at midnight again 🌙 and 4,200 people a week will ride it.",
        "We have waited nine years for this evening to come", "64%", "of the passengers",
        ("trams", "buses until two in the morning", "ferries"),
        "Harbour Gazette", "The Morning Desk", "Mara Lind", "Host", "mara", "Every morning at seven ☕",
    ),
    "Latin with many accents": Saying(
        "vi", "Tàu điện đêm trở lại phố cổ 🚊",
        "Sau chín năm, chuyến tàu cuối lại rời bến lúc nửa đêm 🌙 và mỗi tuần có 4.200 người đi.",
        "Chúng tôi đã chờ buổi tối này suốt chín năm", "64%", "hành khách",
        ("tàu điện", "xe buýt đến hai giờ sáng", "phà"),
        "Báo Bến Cảng", "Bàn Buổi Sáng", "Nguyễn Thuỳ Linh", "Dẫn chương trình", "mei", "Mỗi sáng lúc bảy giờ ☕",
    ),
    "Cyrillic": Saying(
        "ru", "Ночные трамваи возвращаются в старый город 🚊",
        "Спустя девять лет последний трамвай снова уходит в полночь 🌙 и каждую неделю в нём поедут 4200 человек.",
        "Мы девять лет ждали этого вечера", "64 %", "пассажиров",
        ("трамваи", "автобусы до двух часов ночи", "паромы"),
        "Портовая газета", "Утренний выпуск", "Мария Щербак", "Ведущая", "lena", "Каждое утро в семь ☕",
    ),
    "Greek": Saying(
        "el", "Τα νυχτερινά τραμ επιστρέφουν στην παλιά πόλη 🚊",
        "Μετά από εννέα χρόνια το τελευταίο τραμ φεύγει ξανά τα μεσάνυχτα 🌙 και θα το παίρνουν 4.200 άνθρωποι.",
        "Περιμέναμε εννέα χρόνια αυτή τη βραδιά", "64%", "των επιβατών",
        ("τραμ", "λεωφορεία ως τις δύο το πρωί", "πλοία"),
        "Εφημερίδα του Λιμανιού", "Το Πρωινό Γραφείο", "Ελένη Ψαρρά", "Παρουσιάστρια", "ingrid", "Κάθε πρωί στις επτά ☕",
    ),
    "Chinese": Saying(
        "zh", "夜间电车重返老城 🚊",
        "时隔九年，末班电车又在午夜发车🌙，每周将有4200人乘坐，票价和白天一样。",
        "为了这个夜晚，我们等了九年", "64%", "乘客",
        ("电车", "凌晨两点前的公交车", "渡轮"),
        "海港日报", "早间播报", "陈美玲", "主持人", "mei", "每天早上七点 ☕",
    ),
    "Japanese": Saying(
        "ja", "夜の路面電車が旧市街に戻ってくる 🚊",
        "九年ぶりに最終電車が真夜中に出発し🌙、毎週4200人が利用する見込みです。",
        "この夜を九年間待っていました", "64%", "乗客",
        ("路面電車", "午前二時までのバス", "フェリー"),
        "みなと新聞", "モーニングデスク", "高橋健司", "キャスター", "kenji", "毎朝七時から ☕",
    ),
    "Korean": Saying(
        "ko", "야간 전차가 구시가지로 돌아온다 🚊",
        "구 년 만에 마지막 전차가 다시 자정에 출발하며 🌙 매주 4,200명이 이용할 예정입니다.",
        "우리는 이 저녁을 구 년이나 기다렸습니다", "64%", "승객",
        ("전차", "새벽 두 시까지 다니는 버스", "여객선"),
        "항구신문", "모닝 데스크", "김지민", "진행자", "kenji", "매일 아침 일곱 시 ☕",
    ),
    "Arabic": Saying(
        "ar", "ترام الليل يعود إلى المدينة القديمة 🚊",
        "بعد تسع سنوات يغادر آخر ترام عند منتصف الليل من جديد 🌙 وسيركبه 4200 شخص كل أسبوع.",
        "انتظرنا هذا المساء تسع سنوات", "64%", "من الركاب",
        ("الترام", "الحافلات حتى الثانية صباحًا", "العبّارات"),
        "صحيفة الميناء", "مكتب الصباح", "نور حدّاد", "مقدّمة البرنامج", "noor", "كل صباح في السابعة ☕",
    ),
    "Hebrew": Saying(
        "he", "החשמלית הלילית חוזרת לעיר העתיקה 🚊",
        "אחרי תשע שנים החשמלית האחרונה שוב יוצאת בחצות 🌙 ובכל שבוע ייסעו בה 4,200 איש.",
        "חיכינו לערב הזה תשע שנים", "64%", "מהנוסעים",
        ("חשמליות", "אוטובוסים עד שתיים בלילה", "מעבורות"),
        "עיתון הנמל", "שולחן הבוקר", "עזרא לוי", "מגיש", "ezra", "בכל בוקר בשבע ☕",
    ),
    "Devanagari": Saying(
        "hi", "रात की ट्रामें पुराने शहर में लौटीं 🚊",
        "नौ साल बाद आख़िरी ट्राम फिर आधी रात को चलेगी 🌙 और हर हफ़्ते 4,200 लोग उसमें सफ़र करेंगे।",
        "हमने इस शाम का नौ साल इंतज़ार किया", "64%", "यात्री",
        ("ट्राम", "रात दो बजे तक बसें", "नावें"),
        "बंदरगाह समाचार", "सुबह की मेज़", "प्रिया वर्मा", "प्रस्तोता", "priya", "हर सुबह सात बजे ☕",
    ),
}  # fmt: skip
