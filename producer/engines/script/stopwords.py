"""Words that say nothing about a topic, by language."""

from __future__ import annotations

from producer.speech.wordlists import word_set

STOPWORDS = {
    "en": word_set(
        "a about above after again against all almost also although always am among an and another any are aren't around as "
        "at back be became because become been before behind being below between both but by came can can't cannot come could "
        "couldn't did didn't do does doesn't doing don't done down during each either else enough even ever every few first "
        "for from further get gets getting give given go goes going gone got had has have having he her here hers herself him "
        "himself his how however i if in into is isn't it it's its itself just keep kept know known last later least less let "
        "like likely made make makes making many may maybe me might mine more most much must my myself near nearly never new "
        "next no nor not nothing now of off often on once one only onto or other others our ours out over own part per put "
        "rather really said same say saying says see seen several shall she should since so some something soon still such "
        "take taken than that that's the their theirs them themselves then there these they they're thing things this those "
        "three through throughout thus to together told too took toward two under until up upon us use used using very via was "
        "wasn't way we well went were what when where whether which while who whom whose why will with within without would "
        "year years yesterday yet you your yours today tomorrow week month day days people time monday tuesday wednesday "
        "thursday friday saturday sunday"
    ),
    "es": word_set(
        "a al algo algunas algunos ante antes aquel aquella así aun aún aunque bajo bien cada casi como cómo con contra cosa "
        "cual cuál cuando cuándo cuanto de del desde después dice dijo donde dónde dos durante e el él ella ellas ello ellos en "
        "entre era eran es esa esas ese eso esos esta está estaba están estas este esto estos fue fueron gran ha haber había "
        "habían hace hacer hacia han hasta hay hoy incluso la las le les lo los luego más mayor me menos mi mientras mismo muy "
        "nada ni no nos nosotros nuestra nuestro nunca o otra otras otro otros para parte pero poco podría por porque pues que "
        "qué quien quién se sea según ser si sí sido siempre sin sino sobre solo sólo son su sus tal también tan tanto te tener "
        "tenía tiene tienen toda todas todavía todo todos tras tres tu tus un una unas uno unos va vez y ya yo año años día días "
        "ahora mil personas"
    ),
    "fr": word_set(
        "à au aucun aussi autre autres aux avait avant avec avoir c ça car ce cela celle celles celui ces cet cette ceux chaque "
        "chez comme comment contre d dans de des depuis deux dit donc dont du elle elles en encore entre est et étaient était "
        "été être eu eux fait fois font hier il ils j je jusqu l la le les leur leurs lors lorsque lui m ma mais me même mes "
        "moins mon n ne ni non nos notre nous on ont ou où par parce pas pendant peu peut plus pour pourquoi puis qu quand que "
        "quel quelle qui quoi s sa sans se selon sera ses si son sont sous sur ta tandis te tous tout toute toutes trois très "
        "trop tu un une vers vont votre vous y an ans année années jour jours"
    ),
    "de": word_set(
        "ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bis bisher da dabei "
        "dadurch dafür damit dann daran darauf darüber das dass dem den denen denn der deren des deshalb dessen die dies diese "
        "diesem diesen dieser dieses doch dort drei du durch ein eine einem einen einer eines einige er erst es etwa etwas euch "
        "für gab gegen geht gibt habe haben hat hatte hatten hier ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist "
        "ja jede jeder jedes jetzt kann kein keine können könnte man mehr mein mit muss müssen nach nicht nichts noch nun nur ob "
        "oder ohne sehr sei sein seine seinem seinen seiner seit sich sie sind so sogar soll sollen sondern sowie über um und "
        "uns unser unter viel viele vom von vor während war waren was weil weiter welche wenn wer werden wie wieder will wir "
        "wird wo worden wurde wurden zu zum zur zwar zwei zwischen jahr jahre jahren tag tage sagte sagt"
    ),
    "it": word_set(
        "a abbia agli ai al alcuni alla alle allo altra altre altri altro anche ancora anni anno appena avere aveva ben che chi "
        "ci ciò circa col come con contro cosa così cui da dagli dai dal dalla dalle dallo degli dei del della delle dello dentro "
        "di dice dopo dove due e è ed era erano essere fa fatto fino fra già giorni giorno gli ha hanno ho i il in infatti invece "
        "io la le lei li lo loro lui ma mai me meno mentre mi molti molto ne negli nei nel nella nelle nello no noi non nostra "
        "nostro o ogni oggi ora per però perché più poco poi prima proprio può qualche quale quando quanto quasi quella quelle "
        "quelli quello questa queste questi questo qui quindi sarà se secondo sempre senza si sia solo sono sopra sotto stata "
        "state stati stato su sua sue sui sul sulla suo suoi tra tre tutta tutte tutti tutto un una uno va vi volta"
    ),
    "pt": word_set(
        "a à ainda além algo alguns ano anos antes ao aos apenas após aquela aquele aqui as às assim até cada com como contra da "
        "das de dela dele deles depois desde dessa desse desta deste dia dias disse dois do dos duas durante e é ela elas ele "
        "eles em enquanto entre era eram essa esse esta está estão estava este eu faz foi foram grande há hoje isso isto já la "
        "lhe maior mais mas me mesmo meu minha muito muitos na não nas nem nenhum nessa nesse nesta neste no nos nós nossa nosso "
        "nunca o onde os ou outra outras outro outros para parte pela pelas pelo pelos pode pois por porque quais qual quando "
        "quase que quem são se segundo sem sempre ser será seu seus sido só sob sobre sua suas também tão tem têm teve todo todos "
        "três tudo um uma umas uns vai vez"
    ),
    "ru": word_set(
        "а без более больше будет будут бы был была были было быть в вам вас весь во вот все всё всего всех вы где год года "
        "году да даже два для дня до его ее её ей ему если есть еще ещё ж же за здесь и из или им их к как какой когда кого "
        "которая которого которое которой которые который которых кроме кто куда ли лишь между меня мне много может можно мой "
        "мы на над надо наш не него нее нет ни них но ну о об один она они оно от очень по под после потом потому почти при про "
        "раз с сам свой себе себя сейчас со так также такой там те тем теперь то того тоже той только том тот три тут ты у уже "
        "хотя чего чем через что чтобы эта эти это этого этой этом этот я лет сказал однако"
    ),
    "ar": word_set(
        "في من على إلى عن مع هذا هذه ذلك تلك التي الذي الذين أن إن كان كانت يكون قد لا لم لن ما هو هي هم نحن أنا أنت كل بعض غير "
        "بعد قبل بين حتى إذا ثم أو أم بل لكن و ف ب ل ك كما عند عندما منذ خلال حول أي أكثر فقط أيضا هناك هنا حيث عام أعوام يوم"
    ),
    "hi": word_set(
        "का के की को में से है हैं था थे थी और या पर यह वह ये वे इस उस इन उन एक ने तो ही भी कि जो जब तक लिए साथ बाद पहले अब कर "
        "करने किया गया गई गए हुआ हुई हुए होता होती होने हो रहा रही रहे नहीं न कुछ कई सभी अपने अपनी अपना तथा लेकिन अगर क्या जा सकता "
        "सकते दिया कहा साल दिन"
    ),
}
UNSPACED_STOPWORDS = frozenset(
    "的了是在和有这那也就都而及与着或一不个们我你他她它很到说要去会对从被把让给为以于之其中后前上下里大小多少"
)
"""Chinese characters that no keyword begins or ends with."""
