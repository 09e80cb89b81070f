"""Words that tell how a sentence is meant, by language and expression.

Whole words; a word that ends with `*` stands for everything that begins with it. Only words that are rarely meant
otherwise: a presenter who misses a tone is calm, one who reads it wrongly is embarrassing.
To add a language, add its entry here and its words of denial to `DENIALS`.
"""

from __future__ import annotations

from collections.abc import Mapping

from producer.speech.wordlists import word_set

Words = Mapping[str, tuple[str, ...]]


def listed(**texts: str) -> Words:
    return {expression: tuple(sorted(word_set(text))) for expression, text in texts.items()}


TONE_WORDS: Mapping[str, Words] = {
    "en": listed(
        glad="celebrat* congratulat* delight* joy* happy happily wonderful fantastic good welcome* thank thanks win "
        "wins won winner* winning victor* triumph* rescued saved recover* reunit* award* applaud* cheer* proud* "
        "success* breakthrough festival* love loved lovely beautiful hope hopeful enjoy* favourite favorite gift* "
        "hooray bravo smile* laugh* party birthday anniversary relief relieved thriv*",
        serious="warn* court* charged trial sentenced convicted guilty accus* investigat* lawsuit* sanction* "
        "inflation deficit debt* recession layoff* redundanc* strike* shortage* cuts closure* bankrupt* fraud "
        "corruption crisis crises conflict* tension* threat* emergency security military troops election* parliament "
        "resign* dispute* protest* regulat* penalt* fined banned ban",
        surprised="surpris* unexpected* astonish* amazing amazingly incredibl* unbelievabl* stunn* remarkabl* "
        "extraordinar* wow whoa suddenly unprecedented record-breaking never-before mysterious* bizarre* strange* "
        "shock* huge enormous gigantic",
        concerned="die dies died dead death* deadly killed kills fatal* tragic* tragedy tragedies victim* mourn* "
        "grief grieving funeral* injur* wounded hurt suffer* cancer disease* outbreak* pandemic famine hunger starv* "
        "war wars attack* explosion* earthquake* flood* hurricane* wildfire* drought* disaster* crash* collapse* "
        "missing homeless refugee* evacuat* abuse* murder* terror* sadly unfortunately sorry fear fears afraid lost "
        "violen* toll suicide* drown* trapped bomb bombs bombing*",
    ),
    "es": listed(
        glad="celebr* felicit* alegr* feliz felices maravillos* fantástic* estupend* buen* bienvenid* gracias gana "
        "ganó ganan ganador* victoria* triunf* rescatad* recuper* premio* aplau* orgullos* éxito* fiesta* amor "
        "hermos* bonit* esperanza* disfrut* favorit* regalo* mejor bravo viva sonrisa* cumpleaños aniversario alivio "
        "salvado salvados salvada salvadas enhorabuena",
        serious="advert* advierte* tribunal* juez juicio* condenad* culpable* acusad* investig* demanda* sanci* "
        "inflación déficit deuda* recesión despid* huelga* escasez recorte* cierre* quiebra* fraude* corrupción "
        "crisis conflicto* tensión tensiones amenaza* emergencia* seguridad militar* tropas elecciones parlamento "
        "dimit* dimisión protest* multa* prohib*",
        surprised="sorpre* inesperad* asombr* increíble* insólit* extraordinari* vaya guau repente récord misterios* "
        "extrañ* impactant* enorme* gigantesc*",
        concerned="muer* murió murieron fallec* víctima* trágic* tragedia* luto duelo funeral* herid* lesion* sufr* "
        "cáncer enfermedad* brote* pandemia* hambr* guerra* ataque* explosi* terremoto* inund* huracán huracanes "
        "incendio* sequía* desastre* accidente* derrumb* desaparecid* refugiad* evacu* asesin* terror* "
        "lamentablemente desgraciadamente miedo temor* violen* ahog* atrapad* bomba bombas bombard*",
    ),
    "fr": listed(
        glad="célébr* félicit* joie joyeu* heureu* merveilleu* fantastique* formidable* bon bonne bienvenue merci "
        "gagn* victoire* triomph* sauvé* retrouv* applaud* fier fiers fière* succès fête* amour beau belle espoir* "
        "cadeau* meilleur* bravo sourire* anniversaire soulag*",
        serious="averti* tribun* procès condamn* coupable* accus* enquêt* plainte* sanction* inflation déficit "
        "dette* récession licenci* grève* pénurie* fermeture* faillite* fraude* corruption crise* conflit* tension* "
        "menac* urgence* sécurité militaire* troupes élection* parlement démission* manifest* amende* interdi*",
        surprised="surpri* inattendu* étonn* incroyable* extraordinaire* insolite* soudain* record* mystérieu* "
        "étrange* énorme* gigantesque*",
        concerned="mort morte morts mortel* décè* décéd* tué* victime* tragi* tragédie* deuil funéraill* bless* "
        "souffr* cancer maladie* épidémie* pandémie famine guerre* attaque* attentat* explosion* séisme* inond* "
        "ouragan* incendie* sécheresse* catastroph* accident* effondr* disparu* réfugié* évacu* assassin* meurtr* "
        "terror* malheureusement hélas peur crain* violen* noy* bombe bombes bombard*",
    ),
    "it": listed(
        glad="celebr* festegg* congratul* gioia felic* meraviglios* fantastic* ottim* buon* benvenut* grazie vinc* "
        "vinto vittori* trionf* salvat* ritrovat* premi premio applau* orgoglios* successo successi festa feste "
        "amore speranz* regalo miglior* bravo brava sorris* compleanno anniversario sollievo premiat* bello bella",
        serious="avvert* tribunale* processo condannat* colpevol* accus* indagin* sanzion* inflazione deficit debit* "
        "recessione licenzia* sciop* carenz* tagli chiusur* falliment* frod* corruzione crisi conflitt* tension* "
        "minacc* emergenz* sicurezza militar* truppe elezion* parlamento dimission* protest* multa* viet*",
        surprised="sorpres* sorprend* inaspettat* stupef* incredibil* straordinari* insolit* improvvis* record "
        "misterios* strano enorm* gigantesc*",
        concerned="mort* morire uccis* vittim* tragic* tragedia lutto funeral* ferit* soffr* sofferenz* cancro "
        "malatti* epidemi* pandemia fame guerr* attacc* attentat* esplosion* terremot* alluvion* uragan* incendi* "
        "siccità disastr* incident* croll* dispers* profugh* evacu* omicid* terror* purtroppo paura violen* annegat* "
        "bomba bombe bombard*",
    ),
    "pt": listed(
        glad="celebr* parabéns alegr* feliz felizes maravilhos* fantástic* ótim* boa boas bom bons bem-vind* "
        "obrigad* venceu vence vencedor* vitóri* triunf* resgatad* recuper* prémio* prêmio* aplau* orgulh* sucesso* "
        "festa* amor bonit* esperança* presente melhor* bravo sorris* aniversário alívio salvo salvos salva salvou "
        "salvaram",
        serious="advert* alert* tribuna* julgamento* condenad* culpad* acusad* investig* sanç* inflação défice "
        "déficit dívida* recessão demiss* greve* escassez cortes encerramento* falênc* fraud* corrupção crise* "
        "conflito* tensão tensões ameaç* emergência* segurança militar* tropas eleições parlamento protest* multa* "
        "proib*",
        surprised="surpre* inesperad* espant* incríve* inacreditáv* extraordinári* insólit* repente recorde* "
        "misterios* estranh* enorme* gigantesc*",
        concerned="mort* morre* morreu faleceu falecimento vítima* trágic* tragédia* luto funeral ferid* sofr* "
        "cancro câncer doença* surto* pandemia* fome guerra* ataque* atentado* explos* terremoto* sismo* inundaç* "
        "enchente* furacão incêndio* seca desastre* acidente* desab* desaparecid* refugiad* evacu* assassin* terror* "
        "infelizmente medo violên* afog* bomba bombas bombard*",
    ),
    "zh": listed(
        glad="庆祝 慶祝 恭喜 祝贺 祝賀 高兴 高興 开心 開心 快乐 快樂 欢迎 歡迎 谢谢 謝謝 感谢 感謝 胜利 勝利 获奖 "
        "獲獎 夺冠 奪冠 冠军 冠軍 获救 獲救 成功 喜悦 喜悅 好消息 美好 精彩 骄傲 驕傲 希望 节日 節日 生日 最佳 微笑 "
        "惊喜 驚喜 团聚 團聚",
        serious="警告 法院 审判 審判 判处 判處 被告 指控 调查 調查 诉讼 訴訟 制裁 通胀 通膨 赤字 债务 債務 衰退 裁员 "
        "裁員 罢工 罷工 短缺 削减 削減 破产 破產 欺诈 詐欺 腐败 腐敗 危机 危機 冲突 衝突 紧张 緊張 威胁 威脅 紧急 "
        "緊急 军事 軍事 军队 軍隊 选举 選舉 辞职 辭職 抗议 抗議 罚款 罰款 禁止",
        surprised="惊人 驚人 惊讶 驚訝 居然 竟然 没想到 沒想到 不可思议 不可思議 哇 突然 前所未有 史无前例 史無前例 "
        "罕见 罕見 神秘 奇怪 巨大 震惊 震驚",
        concerned="死亡 去世 遇难 遇難 丧生 喪生 身亡 死者 受害 悲剧 悲劇 悲痛 哀悼 葬礼 葬禮 受伤 受傷 伤者 傷者 "
        "痛苦 癌症 疾病 疫情 饥荒 飢荒 战争 戰爭 炸弹 炸彈 袭击 襲擊 爆炸 地震 洪水 洪灾 洪災 飓风 颶風 台风 颱風 "
        "山火 干旱 乾旱 灾难 災難 灾害 災害 坠毁 墜毀 倒塌 失踪 失蹤 难民 難民 疏散 谋杀 謀殺 恐怖 不幸 遗憾 遺憾 "
        "恐惧 恐懼 暴力 溺水 被困",
    ),
    "ja": listed(
        glad="お祝い 祝福 おめでとう 嬉しい うれしい 喜び 喜んで 楽しい ようこそ ありがとう 感謝 勝利 優勝 受賞 救出 "
        "成功 素晴らしい 誇り 希望 祭り 誕生日 笑顔 回復 再会",
        serious="警告 裁判 判決 有罪 起訴 告発 捜査 調査 訴訟 制裁 インフレ 赤字 債務 不況 解雇 ストライキ 不足 削減 "
        "倒産 詐欺 汚職 危機 衝突 緊張 脅威 緊急 軍事 選挙 辞任 抗議 罰金 禁止",
        surprised="驚き 驚く 驚いた 驚くべき 意外 まさか 信じられない 突然 前代未聞 史上初 珍しい 謎 巨大 衝撃",
        concerned="死亡 死去 亡くな 犠牲 悲劇 悲しみ 悲しい 哀悼 葬儀 負傷 苦しみ 病気 感染 飢餓 戦争 爆弾 攻撃 爆発 "
        "地震 津波 洪水 台風 山火事 干ばつ 災害 墜落 倒壊 行方不明 難民 避難 殺人 テロ 残念 恐怖 暴力 怪我 癌",
    ),
    "hi": listed(
        glad="बधाई खुशी खुश शानदार अच्छी अच्छा स्वागत धन्यवाद शुक्रिया जीत जीता जीते विजय विजेता सफल सफलता बचाया "
        "पुरस्कार गर्व उम्मीद त्योहार जन्मदिन सुंदर उत्सव मुस्कान",
        serious="चेतावनी अदालत मुकदमा सज़ा सजा दोषी आरोप जांच प्रतिबंध महंगाई घाटा कर्ज मंदी छंटनी हड़ताल कमी "
        "धोखाधड़ी भ्रष्टाचार संकट संघर्ष तनाव खतरा आपातकाल सुरक्षा सेना चुनाव संसद इस्तीफा विरोध जुर्माना",
        surprised="आश्चर्य हैरान हैरानी अचानक अविश्वसनीय अद्भुत वाह रिकॉर्ड रहस्यमय अजीब विशाल",
        concerned="मौत मौतें मृत्यु मृत मारे निधन पीड़ित त्रासदी शोक घायल दर्द कैंसर बीमारी महामारी भूख युद्ध बम "
        "हमला हमले विस्फोट भूकंप बाढ़ तूफान आग सूखा आपदा दुर्घटना हादसा लापता शरणार्थी हत्या आतंक आतंकी दुर्भाग्य "
        "अफसोस डर हिंसा",
    ),
}

DENIALS: Mapping[str, tuple[str, ...]] = {
    "en": ("no", "not", "never", "without", "nobody", "none", "cannot", "can't", "isn't", "wasn't", "didn't", "don't"),
    "es": ("no", "sin", "nunca", "nadie", "ningún", "ninguna", "ninguno", "tampoco"),
    "fr": ("pas", "sans", "jamais", "personne", "aucun", "aucune"),
    "it": ("non", "senza", "mai", "nessun", "nessuno", "nessuna"),
    "pt": ("não", "sem", "nunca", "ninguém", "nenhum", "nenhuma"),
    "zh": ("没有", "沒有", "并未", "並未", "无人", "無人"),
    "ja": (),
    "hi": ("बिना",),
}
"""Words before which a claim is denied: “no victims” is not about victims. Where denial follows the verb, none."""
