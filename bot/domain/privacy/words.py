"""Words at which a name ends or that are no name: Indonesian, ngoko, krama, ngapak."""

from typing import Final

from bot.domain.privacy.parts import listed

HONORIFICS: Final = frozenset(
    listed(
        """
    pak bu bapak ibu bpk bp pakdhe pakdhe budhe paklik bulik kakang mbakyu ki nyai mas mbak mba mbah
    kang mbok yu sdr sdri saudara saudari tn ny nn bang om tante mang lik bude pakde nyonya by
    """
    )
)

_FUNCTION: Final = """
    ada adalah agar akan anda antara apa apakah atau atas bagi bahwa banyak baru beberapa begini begitu
    belum benar bisa boleh bukan buat cuma dalam dan dapat dari dengan depan dgn di dia dong dr gak ga
    harus hanya hari ialah ini itu jadi jam jika juga kalau kalo kami kamu karena ke kemarin kembali
    kenapa kepada ketika kita kok krn kurang lagi lain lalu lebih maka malah mana masih mau mereka minta
    mohon namun oleh pada padahal para pas per pernah pun pada punya saat saja sama sampai sangat
    sangatlah saya sdh sebagai sebelah sebelum secara sedang sehingga sejak sekali sekarang seluruh
    semua sendiri sering serta setelah siang sini situ sudah supaya sy tadi tak tanpa tapi telah tentang
    terus tersebut tetapi tgl tidak tiap setiap tlg tolong untuk utk usai yaitu yakni yang yg ya nya
    adapun selaku beserta sekaligus alias dll dst
"""
_JAVANESE: Final = """
    aku nyong inyong enyong kula kulo kawula dalem kowe rika sampeyan panjenengan iki kiye iku kuwi kae
    kuwe niki niku punika menika ing neng nang wonten ana onten saka seko saking sekang teng datheng
    dhateng arep pan ajeng badhe bade arak lagi lagek nembe sampun mpun wis uwis wes durung dereng ora
    mboten boten ojo aja mung namung nggih njih inggih enggih sing ingkang karo kalih kaliyan lan utawa
    supados amargi merga mergane soale nek menawi yen opo apa napa nopo kok kog tulung nyuwun mugi matur
    lapor wadul takon tanglet tangled pirsa bab babagan olih oleh angsal entuk duwe gadhah duweni mili
    pejah mati rusak risak kabeh sedaya pada padha wong tiyang lare bocah mriki mrika kene kana riki
    rika dadi dados gerah lara sakit kambuh kumat sare tilem lunga tindak nyambut damel gawe kerja e ne
    ku manggon omah omahe griya dalan dalane margi toya banyu banyune lampu lampune
"""
_MESSAGE: Final = """
    warga masyarakat rakyat penduduk orang pemuda pemudi karang taruna keluarga kelompok rombongan tim
    panitia komunitas desa dusun dukuh kampung kelurahan kecamatan kabupaten kota provinsi kec kab kel
    rt rw jalan jl jln gang gg perum alamat asal asli tinggal bertempat domisili umur usia lahir thn th
    tahun bulan nik ktp kk kis bpjs npwp nip hp wa no nomor nomer telp telepon email lapor melaporkan
    laporan pelapor ingin hendak bertanya menanyakan tanya menyampaikan mengadukan mengadu mengeluh
    mengeluhkan memohon berharap usul mengusulkan keluhan kecewa sedih bingung marah kesal kaget heran
    senang setuju pikir rasa terima kasih trims makasih salam assalamualaikum wassalamualaikum jabatan
    pekerjaan agama status kelas sekolah sd smp sma smk mi mts ma tk paud sdn smpn sman universitas
    puskesmas rumah rsud rs dinas kantor pt cv ud toko warung perusahaan yayasan koperasi bank pasar
    masjid mushola gereja pedagang petani guru honorer pns asn pppk mahasiswa pelajar siswa karyawan
    buruh nelayan sopir supir driver ojek ketua sekretaris bendahara perwakilan pengurus anggota kepala
    kades kadus lurah camat bupati wakil walikota gubernur presiden menteri sekda kadis kapolres
    kapolsek polisi dokter bidan perawat pensiunan janda duda lansia difabel odgj tkw tki pmi kakak adik
    anak istri suami ayah teman tetangga korban pelaku oknum petugas pengguna pelanggan peserta pemilik
    penerima pengirim pemohon calon mantan almarhum seorang salah satu ayo lapang lampu air listrik
    sampah got bansos pkh bpnt blt pip bantuan sekitar pihak instansi pemerintah negara allah tuhan nama
    namanya saksi ditolak dirawat meninggal hilang kena jatuh kecelakaan tertabrak sekeluarga kerja
    bekerja menjadi tertulis terdaftar tercatat tercantum tertera dicoret dipersulit aktif nonaktif
    nunggak memiliki mengalami butuh membutuhkan gue gua ane online cek dicek daftar mendaftar urus
    mengurus bikin buat laki perempuan kpj nim nuptk kip stnk bpkb noka kjp kks jamsostek tenaga
    hubungan paket lelang letak indonesia komite tergabung lengkap sbg msh sekolahnya kartu cabang
    pangkalan restoran stasiun station admin min maaf selamat slamat ustadz ustad kyai kiai haji dosen
    hakim jaksa hamil kandung menyusui angkat tiri pkk rumahnya wali pejabat mentri menpan kapten
    terimakasih yth sukses jembatan mhn soalnya skg perumahan keamanan satpol pbi bup tindakannya meski
    karna jamin hormat nb ttd via lewat tanggal senin selasa rabu kamis jumat sabtu minggu pagi sore
    malam
"""
STOP: Final = frozenset((_FUNCTION + _JAVANESE + _MESSAGE).split())

# What follows a name that was told without the word "nama" ("saya Budi dari Comal").
AFTER: Final = frozenset(
    listed(
        """
    dari warga asal asli umur usia alamat tinggal bertempat ingin mau hendak selaku melaporkan lapor
    mohon minta sekang saking saka seko wong tiyang pan arep badhe bade ajeng rt rw nik pelapor penduduk
    mewakili ibu bapak ayah istri suami anak
    """
    )
)
