"""Texts that proofs have read aloud and listened to: news of many kinds, with names and figures, in every language."""

from __future__ import annotations

ENGLISH = (
    "Scientists have taught a small robot to sort recycling by touch alone. In early trials, it recognized glass, metal "
    "and paper 94% of the time.",
    "On 5 March 2026, Dr. Helen Smith told the BBC that 3,000 people had already signed up, twice as many as in 2024.",
    "The company raised $3.2 billion in 2019, and another €45 million last year; its shares closed at $12.50 on Friday.",
    "The train leaves at 7:30 p.m. from St. Louis and arrives in Chicago just after midnight.",
    "NASA and ESA want to bring back samples from Mars by the late 2030s, at a cost of roughly 11 billion dollars.",
    "Temperatures in Madrid reached 41.5°C on Tuesday, and winds of 80 km/h fanned fires in the hills to the north.",
    "The 21st century's longest eclipse lasted 6 minutes and 39 seconds, and was seen by about 1.2 million people.",
    "President Emmanuel Macron met Ursula von der Leyen in Brussels to discuss the budget, which grew by 2.5% in 2025.",
    "You can read the full report at example.org, or write to the team if you have questions.",
    "Maria Garcia, who is 45, has run the bakery for 20 years. “People still want good bread,” she said.",
    "The WHO warned that flu cases rose by two thirds in 12 weeks, from 4,800 to 8,000 a day.",
    "Why do cats purr? Nobody is completely sure, but a new study of 50 animals offers a surprising answer.",
    "The first electric ferry in Norway carries 350 passengers and 120 cars across the fjord in about twenty minutes.",
    "Interest rates stay at 4.25%, the bank said; it expects inflation to fall below 3% by the end of next year.",
)
SPANISH = (
    "Un equipo de científicos ha enseñado a un pequeño robot a clasificar residuos solo con el tacto.",
    "El 5 de marzo de 2026, la doctora Pérez presentó en Madrid un estudio sobre 3.000 pacientes.",
    "La empresa invertirá 45 millones de euros en una fábrica nueva cerca de Zaragoza.",
    "El tranvía sube la cuesta del mercado en cuatro minutos, cinco menos que el autobús.",
    "Las temperaturas llegaron a 41,5 grados en Sevilla y el viento sopló a 80 km/h.",
    "¿Por qué ronronean los gatos? Nadie lo sabe con certeza, pero hay una respuesta sorprendente.",
    "La bióloga Elena Rovira, de 29 años, vive en Guadalajara desde 2018.",
    "El ayuntamiento calcula que cada día lo usarán 8.000 personas, un 12 % más que el año pasado.",
    "El vuelo sale por la tarde de Buenos Aires y llega a Lima antes de las doce de la noche.",
    "Los precios subieron un 2,5 % en octubre, según el Banco Central.",
)
FRENCH = (
    "Une équipe de scientifiques a appris à un petit robot à trier les déchets par le toucher.",
    "Le 5 mars 2026, la docteure Hélène Martin a présenté à Lyon une étude sur 3 000 patients.",
    "L'entreprise va investir 45 millions d'euros dans une nouvelle usine près de Bordeaux.",
    "Le train part de Paris à 18 h 30 et arrive à Marseille un peu avant minuit.",
    "Les températures ont atteint 41,5 degrés en Provence et le vent soufflait à 80 km/h.",
    "Pourquoi les chats ronronnent-ils ? Personne ne le sait vraiment, mais il y a une réponse surprenante.",
    "La mairie estime que 8 000 personnes vont l'utiliser chaque jour, soit 12 % de plus que l'année dernière.",
    "Les prix ont augmenté de 2,5 % en octobre, selon la Banque de France.",
    "Camille Dubois, qui a 29 ans, habite à Toulouse depuis 2018 et travaille dans une petite librairie.",
    "Le vieux théâtre de la ville rouvre vendredi prochain, après neuf ans de travaux.",
    "Au XXIe siècle, on écoute surtout la musique sur son téléphone, explique le professeur Laurent Girard.",
    "La police a retrouvé le tableau volé dans un entrepôt, caché derrière une porte.",
)
ITALIAN = (
    "Un gruppo di scienziati ha insegnato a un piccolo robot a riconoscere i rifiuti solo con il tatto.",
    "Il 5 marzo 2026 la dottoressa Elena Rossi ha presentato a Milano uno studio su 3.000 pazienti.",
    "L'azienda investirà 45 milioni di euro in una nuova fabbrica vicino a Bologna.",
    "Il treno parte da Torino alle 18:30 e arriva a Napoli poco prima di mezzanotte.",
    "Le temperature hanno raggiunto 41,5 gradi in Sicilia e il vento soffiava a 80 km/h.",
    "Perché i gatti fanno le fusa? Nessuno lo sa con certezza, ma c'è una risposta sorprendente.",
    "Il comune calcola che ogni giorno lo useranno 8.000 persone, il 12% in più dell'anno scorso.",
    "I prezzi sono saliti del 2,5% a ottobre, secondo la Banca d'Italia.",
    "Giovanni Bianchi, che ha 29 anni, vive a Palermo dal 2018 e lavora in una piccola libreria.",
    "Il vecchio teatro della città riapre venerdì prossimo, dopo nove anni di lavori.",
    "Nel XXI secolo la musica si ascolta soprattutto con il telefono, dice il professor Marchetti.",
    "La polizia ha trovato il quadro rubato in un magazzino, nascosto dietro una porta.",
)
PORTUGUESE = (
    "Uma equipe de cientistas ensinou um pequeno robô a separar o lixo apenas com o tato.",
    "No dia 5 de março de 2026, a doutora Helena Souza apresentou em São Paulo um estudo com 3.000 pacientes.",
    "A empresa vai investir 45 milhões de reais em uma nova fábrica perto de Curitiba.",
    "O trem parte do Rio de Janeiro às 18:30 e chega um pouco antes da meia-noite.",
    "As temperaturas chegaram a 41,5 graus em Brasília e o vento soprou a 80 km/h.",
    "Por que os gatos ronronam? Ninguém sabe ao certo, mas há uma resposta surpreendente.",
    "A prefeitura calcula que todos os dias 8.000 pessoas vão usar a ponte, 12% a mais do que no ano passado.",
    "Os preços subiram 2,5% em outubro, segundo o Banco Central.",
    "A bióloga Mariana Ribeiro, de 29 anos, mora em Recife desde 2018.",
    "O velho teatro da cidade reabre na próxima sexta-feira, depois de nove anos de obras.",
    "No século XXI, muita gente ouve música pelo telefone, diz o professor Carlos Almeida.",
    "A polícia encontrou o quadro roubado em um armazém, escondido atrás de uma porta.",
)
MANDARIN = (
    "科学家教会了一个小型机器人仅凭触觉对垃圾进行分类。在早期测试中，准确率达到94%。",
    "2024年3月5日，北京的气温降到零下八度。",
    "这家公司明年将投资45亿元，在上海建一座新工厂。",
    "老图书馆从这个月起夜里不关灯，三楼的阅览室一直开放到早上六点。",
    "医生说，每天走八千步的人睡得更好。",
    "火车晚上七点半从广州出发，第二天早上到达成都。",
    "专家认为，这种办法可以在附近的八个村子使用。",
    "有3,000人报名参加了今年的马拉松比赛，比去年多两倍。",
    "“我们没有想到这么快见效，”工程师林芳说。",
    "新的桥长两公里，用了四年时间才建成。",
)
