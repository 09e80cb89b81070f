"""Where Italian words are stressed: spelling does not say it, endings mostly do, and lists know the rest.

After Serianni, *Grammatica italiana* (1988), chapter I, and the endings in Canepari, *Manuale di pronuncia
italiana* (1999). Syllables are counted from the end: 1 is the last.
"""

from __future__ import annotations

import re

from producer.speech.wordlists import word_set

THIRD_BY_ENDING = re.compile(
    r"(?:[aiou]bil[ei]|evol[ei]|udin[ei]|[aiu]ggin[ei]|[ia]gin[ei]|issim[oaie]|[eè]sim[oaie]|olog[oai]|ologhi|[aeo]grafi?[oa]?|"
    r"metr[oi]|sfer[ae]|[aeiou]?ic[oai]|iche|ichi|[aei]van[oa](?<=o)|[aei]rono|[aei]ssero|rebbero|[bcdfglmnprstvz]ul[oaie]|"
    r"[lpmrtvqun]id[oaie]|aneo|anea|anei|anee|eneo|enea|orpor[oei]|ittim[oaie]|egn[eo]r[ei]|gon[oi])$"
)
"""Endings with the stress on the last syllable but two: possibile, musica, biologo, parlavano, regola, rapido."""
SECOND = word_set(
    "amico amica amici nemico nemica nemici antico antica antichi antiche fatica fatiche formica formiche vescica ombelico mendico "
    "mendica pudico lombrico rubrica rubriche radici radice felici felice appendici cornici matrici attrici direttrici "
    "scrittrici vernici nutrici bici dico dica fico fichi mica dici amiche nemiche "
    "partito partita partiti partite finito finita vestito vestiti invito inviti udito appetito marito mariti "
    "guida guidi sfida sfide divida culo mulo fanciulla fanciulli betulla "
    "perdono perdona dragone dragoni sono tono suono buono dono trono "
    ""
)
"""Words that end like those and are stressed on the last but one."""
THIRD = word_set(
    "albero alberi alibi ambito ambiti anfora angelo angeli angolo angoli anima anime animo arido articolo articoli asino asini "
    "asola atomo atomi attimo attimi autonomo autonoma barbaro battito brivido brividi calcolo calcoli camera camere capitolo "
    "capitoli carcere carceri carico carichi cattedra cedola celebre celebri cenere ceneri chilometro circolo circoli codice codici "
    "collera compito compiti complice complici comodo comoda credito crediti crimine crimini cupola cupole debito debiti debole "
    "deboli deposito depositi diavolo diavoli difficile difficili dodici domenica domeniche dondolo ebano edera epoca epoche esercito "
    "eserciti esile esito esiti etica fabbrica fabbriche facile facili fascino favola favole femmina femmine fertile fertili "
    "fiaccola folgore fragile fragili fragola fragole fremito frottola fulmine gambero gamberi genere generi genero giovane giovani "
    "gomito gondola gondole grandine idolo immagine immagini impeto indice indici insolito integro interprete interpreti intimo "
    "inutile inutili isola isole lacrima lacrime lampada lampade lettera lettere libero libera liberi libere limite limiti lucciola "
    "macchina macchine mammifero mammiferi mandorla mandorle margine margini maschera maschere massimo massima massimi massime "
    "medico medici merito meriti metodo metodi minimo minima minimi minime missile missili mobile mobili modulo moduli monaco nobile "
    "nobili nomade nomadi nuvola nuvole numero numeri opera opere ordine ordini organo organi orfano orfani ospite ospiti ottimo "
    "ottima ottimi pagina pagine papera pecora pecore periodo periodi pettine piccolo piccola piccoli piccole polvere polveri popolo "
    "popoli portico portici povero povera poveri povere prestito prestiti principe principi prossimo prossima prossimi prossime "
    "quindici raffica recita regola regole ridicolo rondine sabato sagoma sarcofago satira scatola scatole secolo secoli sedici "
    "semplice semplici sillaba simbolo simboli simile simili sindaco sindaci solito solita soliti spazzola spettacolo spettacoli "
    "spirito spiriti stabile stimolo stimoli stomaco subito suddito sudditi tavola tavole tavolo tavoli telefono telefoni tempera "
    "tenebre termine termini tessera tessere titolo titoli tredici trappola trappole triangolo ultimo ultima ultimi ultime umile umili "
    "undici unico uomini utile utili vandalo vandali vertice vertici vescovo vescovi vincolo vincoli vipera virgola virgole visita "
    "visite vittima vittime vongola vongole zingaro zucchero cinema musica oceano oceani origine origini vergine vergini "
    "cenacolo miracolo miracoli ostacolo ostacoli pericolo pericoli veicolo veicoli muscolo muscoli crepuscolo scrupolo discepolo "
    "agricolo agricola settimo decimo centesimo energetico fegato canapa balsamo bambola briciola briciole cellula cellule "
    "pillola pillole molecola molecole particola scivolo bibita bibite chiocciola chiocciole glicine glicini cronaca polizza democratico "
    "fosforo meteora metafora sandalo scandalo scandali porpora senape pentola pentole "
    "genova napoli modena padova bergamo taranto otranto rimini brindisi trapani cagliari udine tevere adige africa "
    "america messico cesare stefano giacomo girolamo monica veronica federica angela mantova "
    "imola sassari libano "
    "essere vivere scrivere leggere prendere rendere perdere vendere credere mettere permettere promettere smettere ammettere "
    "chiedere chiudere correre crescere nascere conoscere riconoscere decidere difendere dipendere discutere dividere ridere "
    "sorridere rispondere nascondere scendere spendere spingere stringere piangere raggiungere aggiungere togliere scegliere "
    "raccogliere accogliere sciogliere vincere convincere rompere muovere piovere risolvere svolgere volgere rivolgere uccidere "
    "accendere apprendere comprendere attendere estendere stendere proteggere reggere correggere eleggere dirigere esigere "
    "sconfiggere sorgere porgere accorgere cuocere esprimere comprimere assumere presumere riassumere concludere escludere includere "
    "invadere evadere "
    "amano arrivano aspettano aiutano abitano ballano bastano cambiano cantano cercano chiamano cominciano comprano confermano "
    "considerano contano costano dimostrano diventano entrano evitano girano giocano guadagnano guardano impiegano incontrano "
    "indicano iniziano insegnano invitano lanciano lasciano lavorano mancano mandano mangiano mostrano notano occupano organizzano "
    "parlano partecipano passano pensano portano preparano presentano provano puntano raccontano restano ricordano rischiano "
    "ritornano riguardano sembrano sperano spiegano suonano superano telefonano tornano trovano usano utilizzano viaggiano visitano "
    "volano votano "
    "accendono accolgono aggiungono aprono attendono bevono chiedono chiudono colpiscono conoscono corrono credono crescono decidono "
    "devono dicono discutono dormono escono esistono finiscono leggono mettono muoiono muovono nascono offrono ottengono partono "
    "permettono piovono pongono possono preferiscono prendono producono promettono propongono raggiungono rendono "
    "ricevono ridono riescono rimangono rispondono rompono salgono scelgono scendono scrivono seguono sentono servono spendono "
    "spingono tengono tolgono traggono uccidono valgono vedono vendono vengono vincono vivono vogliono volgono "
    "abbiano debbano dicano facciano possano vadano vogliano "
    "ebbero dissero fecero videro chiesero presero misero scrissero vollero vinsero persero nacquero vissero morirono"
)
ONLY_IA = re.compile(
    r"(?:log|graf|nom|craz|pat|sof|fon|gog|urg|erg|arch|iatr|metr|mania|fob|scop|tom|latr|tecn|att|agn|agg|rat)i[ae]$"
)
"""Endings of Greek and Italian make with the stress on the i: tecnologia, economia, democrazia, malattia, compagnia."""
IA = word_set(
    "via vie mia mie tua zia zie zio zii pia spia spie scia scie bugia bugie magia magie farmacia farmacie polizia pulizia energia "
    "energie periferia periferie teoria teorie categoria categorie batteria batterie garanzia garanzie allegria fantasia fantasie "
    "follia gelosia ipocrisia nostalgia pazzia poesia poesie epidemia epidemie pandemia anemia armonia armonie sinfonia sinfonie "
    "agonia simpatia regia elegia chirurgia allergia allergie strategia strategie lombardia turchia maria lucia sofia ungheria "
    "algeria abbazia abbazie pendio brusio mormorio addio rio dio oblio leggio ronzio avvio invio rinvio calpestio tirannia "
    "galleria gallerie libreria librerie pizzeria pizzerie lotteria segreteria ingegneria fattoria trattoria osteria "
    "acciaieria tesoreria argenteria profezia diplomazia aristocrazia razzia anarchia monarchia gerarchia"
)
NOT_IA = word_set("grazia grazie patria patrie atria industria battaglia ")


def from_the_end(word: str, syllables: int) -> int:
    """Which syllable of a lower-case word without an accent carries the stress, counted from the end."""
    if syllables < 3 or word in SECOND:
        return min(syllables, 2)
    return 3 if word in THIRD or THIRD_BY_ENDING.search(word) else 2


def i_is_stressed(word: str) -> bool:
    """Whether the i of a final -ia, -ie, -io is a syllable with the stress: economìa, but stòria."""
    return word in IA or (word not in NOT_IA and ONLY_IA.search(word) is not None)
