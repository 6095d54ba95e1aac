"""Words of one meaning in Indonesian and in Javanese of every level: what two people may call the same thing."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.searching import words_of


def word_set(words: str) -> frozenset[str]:
    """The words of a paragraph."""
    return frozenset(words.split())


_GROUPS = """
banyu air toya banyune tirta ; banjir kebanjiran kebanjir rob banjire ngelebi kelem klelep terendam kerendem
kerendam keleban tergenang genangan nggenang meluap luber mluber luberan menggenang kebak_banyu munggah asat_banyu
kelep klebu ; hujan udan jawah deres deras ; lubang bolong jeglongan kejeglong lobang bolongan growong gerowong
jugang kejlungup berlubang luwangan luwang legok ; jalan dalan margi ratan dalane jln embong aspal aspale ; jembatan
kreteg brug buk kreteke titian ; rusak rusake risak ajur remuk hancur bodhol jebol njebol ambrol ambles amblas
ambruk rubuh roboh runtuh longsor longsoran ambrole gempal rompal retak pecah mengelupas rengat ngglodhog kropos
copot ucul lepas putus pedhot patah tugel ; mati pejah padam murup urip nyala mubal oglangan mateni ; gelap peteng
pethengan ndedet gulita ; lampu lampune pju penerangan senthir bohlam ; listrik setrum pln sutet trafo gardu ; kabel
kawat cantel nglewer menjuntai njuntai klewer kendho kendor ; tiang cagak tihang gawang ; pohon wit uwit wite pang
dahan cabang ; tumbang ambruk_wit ngglimpang dhoyong miring condong ; sampah uwuh sampahe larahan bosok busuk ; bau
mambu ambune gandane mambet sangit banger bacin menyengat badheg ; selokan got kalen parit saluran gorong drainase ;
mampet buntu tersumbat sumbat macet mandheg mandeg mandek berhenti ; limbah ireng hitam cemar tercemar pencemaran
limbahe keruh buthek butheg coklat ; asap asep kebul kemul kukus ; bakar ngobong obong mbakar kobong kobongan
kebakaran kebakar terbakar geni api latu bakaran pembakaran kobaran ; sungai kali lepen kaline bengawan tanggul
tangkis talud galengan bronjong ; sawah sabin tandur pari padi gabah ; irigasi sekunder dam bendung waduk embung ;
kering asat garing sat kekeringan ngalih nyusut ; ledeng pdam pam keran kran pipa meteran ; mili mengalir ngalir
netes milih ; sumur sumure sumber belik tuk ; rumah omah griya umah dalem omahe ; sekolah sekolahan sd smp sma smk
mi mts tk kelas paud madrasah pamulangan ; guru dwija pengajar pak_guru kepsek mulang ngajar ; murid siswa bocah
anak lare cah putra putu arek ponakan adik adhik anake bocahe ; seragam klambi kaos rasukan ; biaya bayar iuran
mbayar tarik narik ditarik pungutan pungut ragad dhuwit duit artha uang ongkos tarif yuta ewu juta ribu ; larang
mahal awis undhak naik mundhak ; dokter dhokter dokternya mantri perawat bidan nakes ; puskesmas pustu rsud rs
rumahsakit igd poli klinik rumkit ; sakit lara gerah ngelu mriyang demam panas bengek sesak kumat dbd malaria diare
mencret muntah ; obat jampi tamba obate ; antri antre ngantri antrian antrean ; prei cuti libur tutup bukak tutupe
kosong suwung tidak_ada ; petugas pegawai perangkat aparat satpam ; kosongan ; bantuan bansos pkh bpnt blt sembako
beras raskin ; bpjs kis pbi jkn ; ktp e-ktp ektp kk akta kartu identitas nik ; maling kemalingan nyolong dicolong
digondol curi dicuri pencurian kecurian kelangan hilang ilang ical ; begal jambret dijambret rampok dirampok
dirampas copet ; tabrak ketabrak nabrak tabrakan ditabrak tertabrak nyenggol disenggol keserempet serempet nyrempet
; jatuh tiba dhawah ceblok kecemplung kecelakaan kecelakan nggeblag tibo kejungkel terperosok kepleset terpeleset
ndlosor kejegur celaka ; luka tatu cidera berdarah getih benjut ; meninggal tewas seda korban jiwa mayit ninggal ;
macet kemacetan mandheg_kendaraan antrekendaraan gerak ; truk truck dump tronton muatan tonase ; mobil montor
kendaraan motor sepedamotor pit roda ; bus bis angkot travel ; bangjo traffic apill ; parkir parkiran parkire ;
galian tambang galiyan pasir urug urugan tanah lemah ; debu bledug bleduk lebu ; bising brisik berisik rame gaduh
swara suara sound horeg karaoke musik ; mabuk mendem miras minuman ciu ; judi togel dadu sabung ; preman premanisme
ngancem ancam mengancam malak dipalak ngamen pengamen ; pasar peken los lapak kios bakul pedagang dodolan dagang ;
atap payon gendheng genteng plafon langit-langit eternit reng talang ; bocor tris rembes tetes mbocor netesi ;
tembok dinding pager pagar pagere ; toilet wc jamban mck kakus ; kotoran tinja tai telek ; ikan iwak ulam bandeng
lele tambak blumbang ; kapal prau perahu nelayan miyang melaut dermaga ; garam uyah ; pupuk urea mes rabuk subsidi ;
hama wereng tikus kewan ulat uler ; ayam pitik unggas kandang ; sapi lembu wedhus kambing pmk ; jagung bawang
brambang lombok cabai tebu ; asu kirik anjing gila rabies ; kethek monyet kera ; ular ula ; kuda jaran ; sinyal
internet wifi jaringan tower indihome ; pajak pbb samsat stnk ; izin ijin perijinan oss nib ; surat layang
keterangan ; gaji honor upah bayaran pesangon thr ; phk dipecat pecat nganggur pengangguran ; kades lurah kadus
balaidesa carik bayan desa ; dana anggaran proyek dandes apbdes papan ; cor coran beton semen paving ; tambal
ditambal nambal perbaikan diperbaiki didandani ndandani dibenakake ; gempa lindhu ; angin puting beliung lesus ;
ombak gelombang abrasi pasang ; pengungsi ngungsi evakuasi tim sar ngevakuasi jemput perahu_karet nulungi tulung
tolong bantu ; sepuh simbah mbah lansia jompo tuwa pikun ; difabel kursi_roda cacat ; gelandangan linglung odgj edan
stres wong_gila ; kecekek kecantol nyangkut kejiret ; nyamuk jentik fogging ; lalat laler ; tawon ndas vespa ; bayi
lahir babaran nglairake melahirkan hamil meteng mbobot ; stunting gizi pmt posyandu ; kuburan makam pasarean kijing
; masjid mejid musholla mushola langgar ; gereja ; taman lapangan alun-alun alun ; loket pelayanan layanan ladenan
dilayani diladeni ; lama suwe dangu ; wisata pantai wahana dolanan rekreasi tiket karcis ; listrikpadam mati_lampu ;
bensin solar pertalite pom spbu gas lpg melon elpiji ; rel sepur kereta palang ; marka rambu zebra trotoar ;
penyeberangan nyebrang nyeberang menyeberang sabrang ; timbangan nimbang ditimbang takeran kilo ; balap balapan liar
trek ; knalpot brong ; tawuran gelut berkelahi keroyok ngeroyok ; perundungan bully nempiling napuk mukul dipukul
pukul gebuk digebuki ; mogok malang mlintang melintang nutup nutupi menutup ngalangi ; ban bocor_ban paku ; jarang
arang ora_tau tak_pernah ; ambulans ambulan ; jenazah ; vaksin imunisasi suntik ; kacamata ; kompor ; enceng gondok
eceng suket rumput ganggang semak grumbul ; lumpur endhut lumpure mbledhos walet lendhut becek blethok ;
"""
VAGUE = word_set(
    """
    yang sing kang ingkang dan lan kaliyan karo kalih di ing neng nang ning wonten onten ke menyang nyang maring
    dari saka seka saking ini iki niki kiye kie puniki itu kuwi iku niku kae kui ada ana ono wontene tidak ora
    mboten boten ga gak nggak ra belum durung dereng sudah wis wes sampun udah pak bu bapak ibu mas mbak min kak
    tolong tulung mohon nyuwun njaluk minta segera enggal gek cepet ndang saya aku kula nyong inyong kami kita
    kulo warga wong tiyang orang uwong masyarakat sangat banget nemen sanget juga uga ugi lagi maning meneh
    malih kembali karena mergo amargi amarga sebab jare katanya kok lho lha to ya yo nggih njih apa opo menapa
    napa kapan nopo kenapa ngapa kenging sapa siapa piye pripun kepriwe bagaimana kalau nek yen menawi bila jadi
    dadi dados akan arep badhe pan bisa saged iso isa boleh oleh entuk kudu harus kedah masih isih tasih tapi
    ning nanging namun sama padha pada sami sampai nganti ngantos tekan teka teko dugi satu siji setunggal dua
    loro kalih rong tiga telu telung tigang hari dina dinten minggu wulan bulan sasi tahun taun jam tadi mau wau
    kemarin wingi wau sekarang saiki siki sakniki samenika semalam mambengi malam wengi dalu bengi pagi esuk
    enjing siang awan sore sonten kabeh semua sedaya mung cuma namung punika lewat liwat langsung mawon wae bae
    saja baru lagek anyar nembe sejak ket wiwit kawit setiap saben tiap sering kerep banyak akeh kathah sithik
    sedikit sekedhik depan ngarep ngajeng belakang mburi wingking samping sebelah sisih pinggir tengah dekat
    cedhak celak deket kali_ini atas nduwur bawah ngisor nginggil dalam njero lebet luar njaba njawi terus
    lajeng trus banjur nuli dinas pemerintah kabupaten kab kota kecamatan kec desa kelurahan kel dusun dukuh rt
    rw jl jln gang terima kasih nuwun matur suwun sewu pemda pemkab bupati melapor lapor laporan wadul aduan
    info informasi pirsa takon tanya mau supaya ben kersane agar padahal malah jebul ternyata ngono kaya kados
    seperti koyo ngene mesti pasti mestine
    """
)
_BEFORE = ("dipun", "meng", "meny", "mem", "men", "ber", "ter", "nge", "di", "ke", "ka", "ng", "ny", "se", "sa", "me")
_AFTER = ("aken", "ipun", "akan", "nya", "kan", "ake", "ane", "na", "ne", "an", "en", "e", "i", "ku", "mu")
_SHORTEST = 3
_SUBSTANCE = 4  # letters from which a word that no group has may be what a report is about
_VOWELS = re.compile(r"[aeiou]")


def _groups() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in _GROUPS.replace("\n", " ").split(";"):
        words = [word.replace("_", " ") for word in group.split()]
        for word in words:
            table.setdefault(word, words[0])
    return table


_TABLE = _groups()


@lru_cache(maxsize=16384)
def meaning_of(word: str) -> str:
    """The group that a word belongs to, by itself or without its endings; "" where none has it or it says nothing."""
    if word in VAGUE:
        return ""
    return next((_TABLE[form] for form in _forms(word) if form in _TABLE), "")


@dataclass(frozen=True)
class Words:
    """The words of a report: all, the groups they belong to, and those of substance that no group has."""

    every: frozenset[str]
    groups: frozenset[str]
    own: frozenset[str]


@lru_cache(maxsize=4096)
def read_words(text: str) -> Words:
    """What the words of a text say; remembered, for a report is compared with many."""
    every = words_of(text)
    groups = frozenset(found for word in every if (found := meaning_of(word)))
    return Words(frozenset(every), groups, frozenset(word for word in every if _says_something(word)))


def _says_something(word: str) -> bool:
    if word.isdigit():
        return len(word) >= _SHORTEST
    return len(word) >= _SUBSTANCE and word not in VAGUE and not meaning_of(word)


def alike(one: str, other: str) -> bool:
    """Whether two words are one, but for letters left out as in a hurry: `mdini`, `medini`."""
    if one == other:
        return True
    if one[0] != other[0] or len(one) == len(other):
        return False
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(short) < _SUBSTANCE or len(long) - len(short) > _SHORTEST:
        return False
    return _VOWELS.sub("", short) == _VOWELS.sub("", long) and _within(short, long)


def _within(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _forms(word: str) -> list[str]:
    """A word, and what is left of it without one beginning, one ending, or both."""
    ends = [word, *(word.removesuffix(end) for end in _AFTER if word.endswith(end))]
    return [form for each in ends for form in (each, *_bare(each)) if len(form) >= _SHORTEST]


def _bare(word: str) -> list[str]:
    return [word.removeprefix(start) for start in _BEFORE if word.startswith(start)]
