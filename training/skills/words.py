"""Vocabularies of the fact skills. Lists are written compactly: `a:b` pairs, `_` for a space."""


def pairs(text: str):
    table = dict(p.replace("_", " ").split(":") for p in text.split())
    return table


CAPITALS = pairs("""
Afghanistan:Kabul Albania:Tirana Algeria:Algiers Angola:Luanda Argentina:Buenos_Aires Armenia:Yerevan
Australia:Canberra Austria:Vienna Azerbaijan:Baku Bahrain:Manama Bangladesh:Dhaka Belarus:Minsk Belgium:Brussels
Belize:Belmopan Bhutan:Thimphu Botswana:Gaborone Brazil:Brasilia Bulgaria:Sofia Cambodia:Phnom_Penh
Cameroon:Yaounde Canada:Ottawa Chile:Santiago China:Beijing Colombia:Bogota Croatia:Zagreb Cuba:Havana
Cyprus:Nicosia Denmark:Copenhagen Ecuador:Quito Egypt:Cairo Estonia:Tallinn Ethiopia:Addis_Ababa Fiji:Suva
Finland:Helsinki France:Paris Gabon:Libreville Georgia:Tbilisi Germany:Berlin Ghana:Accra Greece:Athens
Guyana:Georgetown Honduras:Tegucigalpa Hungary:Budapest Iceland:Reykjavik India:New_Delhi Indonesia:Jakarta
Iran:Tehran Iraq:Baghdad Ireland:Dublin Italy:Rome
Jamaica:Kingston Japan:Tokyo Jordan:Amman Kazakhstan:Astana Kenya:Nairobi Laos:Vientiane Latvia:Riga
Lebanon:Beirut Liberia:Monrovia Libya:Tripoli Lithuania:Vilnius Madagascar:Antananarivo Malawi:Lilongwe
Malaysia:Kuala_Lumpur Maldives:Male Mali:Bamako Malta:Valletta Mexico:Mexico_City Moldova:Chisinau
Mongolia:Ulaanbaatar Morocco:Rabat Mozambique:Maputo Myanmar:Naypyidaw Namibia:Windhoek Nepal:Kathmandu
New_Zealand:Wellington Nicaragua:Managua Niger:Niamey Nigeria:Abuja Norway:Oslo Oman:Muscat Pakistan:Islamabad
Paraguay:Asuncion Peru:Lima Poland:Warsaw Portugal:Lisbon Qatar:Doha Romania:Bucharest Russia:Moscow
Rwanda:Kigali Senegal:Dakar Serbia:Belgrade Slovakia:Bratislava Slovenia:Ljubljana Somalia:Mogadishu
Spain:Madrid Sudan:Khartoum Sweden:Stockholm Switzerland:Bern Syria:Damascus Tanzania:Dodoma Thailand:Bangkok
Togo:Lome Tunisia:Tunis Turkey:Ankara Uganda:Kampala Ukraine:Kyiv Uruguay:Montevideo Uzbekistan:Tashkent
Venezuela:Caracas Vietnam:Hanoi Yemen:Sanaa Zambia:Lusaka Zimbabwe:Harare
""")

# Every pair is asked in both directions, so no word may stand in two pairs.
_OPPOSITES = pairs("""
able:unable absent:present above:below accept:refuse alive:dead ancient:modern arrive:depart asleep:awake
attack:defend back:front bad:good beautiful:ugly begin:end best:worst better:worse big:small bitter:sweet
black:white borrow:lend bottom:top brave:timid bright:dim broad:narrow build:destroy busy:idle buy:sell
calm:stormy cheap:expensive clean:dirty clever:stupid clockwise:anticlockwise close:open cold:hot
come:go common:rare complex:simple cruel:kind day:night deep:shallow difficult:easy divide:unite drunk:sober
dry:wet early:late east:west empty:full enemy:friend even:odd expand:shrink export:import fail:succeed
false:true far:near fast:slow fat:thin few:many find:lose first:last fix:break floor:ceiling flexible:rigid
foolish:wise forget:remember forward:backward fresh:stale generous:greedy gentle:rough giant:dwarf give:take
guilty:innocent happy:sad hard:soft hate:love health:illness heaven:hell heavy:light hero:coward
hide:reveal high:low hollow:solid honest:dishonest host:guest humble:proud increase:decrease inside:outside
joy:sorrow junior:senior king:subject knowledge:ignorance lazy:diligent lead:follow left:right legal:illegal
less:more life:death liquid:gas long:short loud:quiet lucky:unlucky major:minor male:female maximum:minimum
mend:tear mix:separate natural:artificial never:always new:old noisy:silent north:south nothing:everything
now:then obey:disobey on:off over:under past:future peace:war permanent:temporary plain:fancy pleasure:pain
plural:singular polite:rude poor:rich positive:negative private:public problem:solution profit:loss
pull:push question:answer raise:lower real:fake reward:punishment safe:dangerous sharp:blunt sick:healthy
sit:stand smooth:bumpy start:stop strong:weak student:teacher sunrise:sunset tall:tiny teach:learn
tight:loose together:apart up:down vertical:horizontal victory:defeat visible:invisible waste:save
wide:slim wild:tame win:surrender winter:summer yes:no young:aged zenith:nadir
""")
ANTONYMS = {**_OPPOSITES, **{b: a for a, b in _OPPOSITES.items()}}

PLURALS = {
    **{w: w + "s" for w in """apple book car dog door river table window garden lamp pencil chair cloud road flower
mountain house stone bottle hammer letter king queen boat train bridge spoon cup island hat nail ship farm ring
wall bird tiger monkey piano photo""".split()},
    **{w: w + "es" for w in """box bus dish glass church watch brush fox class match bench peach beach wish kiss
potato tomato hero echo tax lunch witch""".split()},
    **{w: w[:-1] + "ies" for w in """city baby berry story lady party country army fly family cherry enemy penny
puppy body copy""".split()},
    **pairs("""wolf:wolves leaf:leaves knife:knives wife:wives life:lives half:halves shelf:shelves thief:thieves
loaf:loaves calf:calves scarf:scarves elf:elves mouse:mice louse:lice goose:geese tooth:teeth foot:feet man:men
woman:women child:children ox:oxen person:people sheep:sheep deer:deer fish:fish cactus:cacti fungus:fungi
crisis:crises axis:axes oasis:oases basis:bases"""),
}

PAST = {
    **{w: w + "ed" for w in """walk talk play jump look open clean watch help cook paint work listen ask call wash
visit finish start learn climb laugh shout turn pull push rain kick""".split()},
    **{w: w + "d" for w in "like move close dance smile bake love hope live use save chase taste race".split()},
    **{w: w[:-1] + "ied" for w in "carry study try cry marry hurry worry copy reply".split()},
    **{w: w + w[-1] + "ed" for w in "stop plan drop rob hug clap grab chat".split()},
    **pairs("""go:went eat:ate see:saw run:ran take:took give:gave come:came write:wrote speak:spoke break:broke
drive:drove ride:rode fly:flew grow:grew know:knew throw:threw draw:drew sing:sang swim:swam drink:drank
begin:began ring:rang sink:sank bring:brought buy:bought think:thought catch:caught teach:taught fight:fought
find:found hold:held stand:stood sit:sat win:won dig:dug keep:kept sleep:slept feel:felt leave:left lose:lost
build:built send:sent spend:spent sell:sold tell:told make:made say:said wear:wore choose:chose forget:forgot
hide:hid bite:bit fall:fell meet:met cut:cut put:put"""),
}
