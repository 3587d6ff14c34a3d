"""What the region tables cannot say by themselves: merged codes, names that pinyin gets wrong, ethnic names.

Read by build_regions.py only; nothing here is shipped.
"""

from __future__ import annotations

# Counties merged into one that already had a code (the year tables only show them vanish). A county that was
# split is given the part that took most of it; where no part did, it stays out and its city answers for it.
MERGED: dict[str, str] = {
    "110103": "110101", "110104": "110102", "130521": "130503", "130603": "130606", "130604": "130606",
    "130721": "130705", "140202": "140213", "140203": "140214", "140211": "140214", "140402": "140403",
    "140411": "140403", "140726": "140703", "220381": "220184", "230702": "230717", "230708": "230717",
    "230706": "230718", "230711": "230718", "230715": "230724", "230707": "230724", "230710": "230724",
    "230712": "230723", "230714": "230723", "230705": "230751", "230709": "230751", "230716": "230719",
    "310103": "310101", "310108": "310106", "320103": "320104", "320107": "320106", "320202": "320213",
    "320203": "320213", "320204": "320213", "320405": "320412", "320502": "320508", "320503": "320508",
    "320504": "320508", "320611": "320613", "320705": "320706", "320811": "320812", "321011": "321003",
    "330103": "330105", "330104": "330102", "330204": "330212", "340208": "340209", "340502": "340503",
    "340703": "340705", "350402": "350404", "350403": "350404", "360105": "360112", "370205": "370203",
    "370284": "370211", "370634": "370614", "370802": "370811", "410211": "410202", "410306": "410308",
    "410322": "410308", "440116": "440112", "440903": "440904", "450404": "450403", "469003": "460400",
    "500222": "500110", "500225": "500111", "520114": "520111", "371200": "370100",
}  # fmt: skip

PROVINCES_EN: dict[str, str] = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia", "21": "Liaoning",
    "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu", "33": "Zhejiang", "34": "Anhui",
    "35": "Fujian", "36": "Jiangxi", "37": "Shandong", "41": "Henan", "42": "Hubei", "43": "Hunan",
    "44": "Guangdong", "45": "Guangxi", "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou",
    "53": "Yunnan", "54": "Xizang", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip

# Names whose established English form is not pinyin.
ENGLISH: dict[str, str] = {
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "大兴安岭": "Da Hinggan Ling", "呼和浩特": "Hohhot",
    "鄂尔多斯": "Ordos", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab",
    "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "锡林浩特": "Xilinhot", "乌兰浩特": "Ulanhot",
    "二连浩特": "Erenhot", "额尔古纳": "Ergun", "阿尔山": "Arxan", "霍林郭勒": "Holingol", "科尔沁": "Horqin",
    "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan", "博尔塔拉": "Bortala",
    "巴音郭楞": "Bayingolin", "阿克苏": "Aksu", "克孜勒苏": "Kizilsu", "喀什": "Kashgar", "和田": "Hotan",
    "伊犁": "Ili", "阿勒泰": "Altay", "阿拉尔": "Aral", "图木舒克": "Tumxuk", "库尔勒": "Korla",
    "阿图什": "Artux", "奎屯": "Kuytun", "霍尔果斯": "Khorgos", "库车": "Kuqa", "察布查尔": "Qapqal",
    "塔什库尔干": "Taxkorgan", "巴里坤": "Barkol", "和布克赛尔": "Hoboksar", "木垒": "Mori",
    "拉萨": "Lhasa", "日喀则": "Shigatse", "昌都": "Qamdo", "林芝": "Nyingchi", "那曲": "Nagqu",
    "阿里": "Ngari", "桑珠孜": "Samzhubze", "阿坝": "Ngawa", "甘孜": "Garze", "果洛": "Golog",
    "格尔木": "Golmud", "香格里拉": "Shangri-La", "前郭尔罗斯": "Qian Gorlos", "杜尔伯特": "Dorbod",
    "香港": "Hong Kong", "澳门": "Macao",
}  # fmt: skip

# Place readings that a dictionary of common words gets wrong.
READINGS: dict[str, str] = {
    "六安": "lu an", "六合": "lu he", "亳州": "bo zhou", "厦门": "xia men", "台州": "tai zhou",
    "丽水": "li shui", "乐清": "yue qing", "乐亭": "lao ting", "乐陵": "lao ling", "乐山": "le shan",
    "乐至": "le zhi", "乐平": "le ping", "乐安": "le an", "乐昌": "le chang", "乐业": "le ye", "乐都": "le du",
    "乐东": "le dong", "南乐": "nan le", "静乐": "jing le", "昌乐": "chang le", "平乐": "ping le",
    "长乐": "chang le", "康乐": "kang le", "民乐": "min le", "博乐": "bo le", "同乐": "tong le",
    "铅山": "yan shan", "蚌埠": "beng bu", "蚌山": "beng shan", "东阿": "dong e", "阿城": "a cheng",
    "莘": "shen", "单": "shan", "牟平": "mu ping", "中牟": "zhong mu", "浚": "xun", "尉氏": "wei shi",
    "尉犁": "yu li", "洪洞": "hong tong", "隰": "xi", "涡阳": "guo yang", "枞阳": "zong yang", "黟": "yi",
    "歙": "she", "繁峙": "fan shi", "盱眙": "xu yi", "犍为": "qian wei", "筠连": "jun lian", "北碚": "bei bei",
    "荥阳": "xing yang", "荥经": "ying jing", "鄄城": "juan cheng", "蔚": "yu", "井陉": "jing xing",
    "井陉矿": "jing xing kuang", "任": "ren", "任丘": "ren qiu", "任泽": "ren ze", "穆棱": "mu ling",
    "长垣": "chang yuan", "泌阳": "bi yang", "渑池": "mian chi", "监利": "jian li", "黄陂": "huang pi",
    "宕昌": "tan chang", "番禺": "pan yu", "大埔": "da bu", "珲春": "hun chun", "长子": "zhang zi",
    "大城": "dai cheng", "行唐": "xing tang", "召陵": "shao ling", "吴堡": "wu bu", "柞水": "zha shui",
    "洮南": "tao nan", "洮北": "tao bei", "临洮": "lin tao", "朝阳": "chao yang", "朝天": "chao tian",
    "重庆": "chong qing", "会理": "hui li", "会东": "hui dong", "会泽": "hui ze", "会同": "hui tong",
    "会宁": "hui ning", "会昌": "hui chang", "新会": "xin hui", "四会": "si hui", "都匀": "du yun",
    "都昌": "du chang", "都安": "du an", "都兰": "du lan", "都江堰": "du jiang yan", "丰都": "feng du",
    "于都": "yu du", "江都": "jiang du", "宜都": "yi du", "宁都": "ning du", "新都": "xin du",
    "望都": "wang du", "武都": "wu du", "柏乡": "bai xiang", "柘城": "zhe cheng", "柘荣": "zhe rong",
    "漯河": "luo he", "缙云": "jin yun", "两当": "liang dang", "曾都": "zeng du", "增城": "zeng cheng",
    "仇和": "qiu he", "沈阳": "shen yang", "沈北": "shen bei", "沈河": "shen he", "乐": "le",
    "石河子": "shi he zi", "那坡": "na po", "那曲": "na qu", "百色": "bai se", "儋州": "dan zhou",
    "郫": "pi", "郫都": "pi du", "什邡": "shi fang", "费": "fei", "盖州": "gai zhou", "句容": "ju rong",
    "解州": "xie zhou", "侯马": "hou ma", "镇赉": "zhen lai", "扎赉特": "zha lai te", "巴林": "ba lin",
    "磴口": "deng kou", "称多": "cheng duo", "尖扎": "jian zha", "扎囊": "zha nang", "扎鲁特": "zha lu te",
    "扎兰屯": "za lan tun", "扎赉诺尔": "zha lai nuo er", "普兰店": "pu lan dian", "普洱": "pu er",
    "洱源": "er yuan", "颍上": "ying shang", "砀山": "dang shan", "桐柏": "tong bai", "石柱": "shi zhu",
    "酉阳": "you yang", "弥勒": "mi le", "疏勒": "shu le", "卢氏": "lu shi", "叶": "ye", "叶城": "ye cheng",
    "略阳": "lve yang", "吕梁": "lv liang", "旅顺口": "lv shun kou", "绿园": "lv yuan", "闾阳": "lv yang",
    "绿春": "lv chun", "女山": "nv shan", "盘": "pan", "藏": "zang", "曲阜": "qu fu", "曲靖": "qu jing",
    "曲阳": "qu yang", "曲周": "qu zhou", "曲沃": "qu wo", "曲江": "qu jiang", "曲松": "qu song",
    "曲水": "qu shui", "曲麻莱": "qu ma lai", "阳曲": "yang qu", "河曲": "he qu", "玛曲": "ma qu",
    "舟曲": "zhou qu", "参": "shen", "卓资": "zhuo zi", "莎车": "sha che", "库车": "ku che",
    "车里": "che li", "相城": "xiang cheng", "相山": "xiang shan", "杨陵": "yang ling", "杨凌": "yang ling",
    "呼兰": "hu lan", "薄": "bo", "强": "qiang", "宁强": "ning qiang", "枣强": "zao qiang",
    "武强": "wu qiang", "尚志": "shang zhi", "夏邑": "xia yi", "漳浦": "zhang pu", "黄浦": "huang pu",
    "黄埔": "huang pu", "鄱阳": "po yang", "波阳": "bo yang", "铜鼓": "tong gu", "婺源": "wu yuan",
    "冠": "guan", "阳谷": "yang gu", "吐谷浑": "tu yu hun", "万载": "wan zai", "南雄": "nan xiong",
    "揭阳": "jie yang", "揭西": "jie xi", "雄": "xiong", "莒": "ju", "和": "he", "和平": "he ping",
    "和静": "he jing", "和硕": "he shuo", "和顺": "he shun", "和政": "he zheng", "和龙": "he long",
    "兴化": "xing hua", "兴城": "xing cheng", "宁": "ning", "华": "hua", "华阴": "hua yin",
    "秘": "mi", "大冶": "da ye", "冶": "ye", "桦甸": "hua dian", "丁青": "ding qing", "调兵山": "diao bing shan",
    "调楼": "tiao lou", "提": "ti", "朝阳门": "chao yang men", "峨边": "e bian", "峨眉山": "e mei shan",
    "隆昌": "long chang", "畲": "she", "景宁": "jing ning", "阆中": "lang zhong", "泷": "shuang",
    "裕安": "yu an", "镡城": "tan cheng", "漾濞": "yang bi", "勐腊": "meng la", "勐海": "meng hai",
    "麻章": "ma zhang", "赤坎": "chi kan", "坡头": "po tou", "茌平": "chi ping", "莱": "lai",
    "台江": "tai jiang", "台前": "tai qian", "台儿庄": "tai er zhuang", "丹棱": "dan leng",
    "且末": "qie mo", "若羌": "ruo qiang", "岳普湖": "yue pu hu", "嘉荫": "jia yin", "依安": "yi an",
    "巴": "ba", "大足": "da zu", "大名": "da ming", "大余": "da yu", "大同": "da tong", "奇台": "qi tai",
    "石嘴山": "shi zui shan", "藁城": "gao cheng", "栾城": "luan cheng", "硚口": "qiao kou",
    "武陟": "wu zhi", "武涉": "wu she", "偃师": "yan shi", "瀍河": "chan he", "老河口": "lao he kou",
    "谷城": "gu cheng", "随": "sui", "兴山": "xing shan", "鹤峰": "he feng", "宣恩": "xuan en",
    "咸丰": "xian feng", "济源": "ji yuan", "济南": "ji nan", "济宁": "ji ning", "济阳": "ji yang",
    "鄂城": "e cheng", "鄂州": "e zhou", "番": "fan", "吉县": "ji xian", "哈密": "ha mi",
    "哈巴河": "ha ba he", "石拐": "shi guai", "佛山": "fo shan", "佛冈": "fo gang", "佛坪": "fo ping",
    "色尼": "se ni", "色达": "se da", "应": "ying", "应城": "ying cheng", "洞口": "dong kou",
    "洞头": "dong tou", "纳溪": "na xi", "古蔺": "gu lin", "南溪": "nan xi", "长宁": "chang ning",
    "长汀": "chang ting", "长沙": "chang sha", "长春": "chang chun", "长岛": "chang dao", "长丰": "chang feng",
    "长海": "chang hai", "长兴": "chang xing", "长治": "chang zhi", "长泰": "chang tai", "长葛": "chang ge",
    "长洲": "chang zhou", "长顺": "chang shun", "长武": "chang wu", "长安": "chang an", "长寿": "chang shou",
    "长岭": "chang ling", "长白": "chang bai", "长阳": "chang yang", "长清": "chang qing", "长江": "chang jiang",
    "西昌": "xi chang", "葛": "ge", "仙游": "xian you", "镇": "zhen", "塔城": "ta cheng", "峄城": "yi cheng",
    "浉河": "shi he", "宿州": "su zhou", "宿迁": "su qian", "宿松": "su song", "宿城": "su cheng",
    "宿豫": "su yu", "宿": "su", "埇桥": "yong qiao", "祁": "qi", "将乐": "jiang le", "石首": "shi shou",
    "上杭": "shang hang", "莆田": "pu tian", "尤溪": "you xi", "沙": "sha", "大关": "da guan",
    "巧家": "qiao jia", "石屏": "shi ping", "屏山": "ping shan", "屏边": "ping bian", "屏南": "ping nan",
    "余干": "yu gan", "干": "gan", "新干": "xin gan", "乾": "qian", "乾安": "qian an", "无为": "wu wei",
    "奉节": "feng jie", "忠": "zhong", "覃塘": "qin tang", "兴仁": "xing ren", "丰": "feng",
    "不": "bu", "一": "yi", "弋阳": "yi yang", "弋江": "yi jiang", "澄江": "cheng jiang", "澄城": "cheng cheng",
    "澄海": "cheng hai", "澄迈": "cheng mai", "绛": "jiang", "隆德": "long de", "吾": "wu",
}  # fmt: skip

ETHNIC: dict[str, str] = {
    "满族": "Manchu", "蒙古族": "Mongol", "蒙古": "Mongol", "回族": "Hui", "藏族": "Tibetan", "苗族": "Miao",
    "彝族": "Yi", "壮族": "Zhuang", "侗族": "Dong", "瑶族": "Yao", "土家族": "Tujia", "布依族": "Buyi",
    "朝鲜族": "Korean", "白族": "Bai", "哈尼族": "Hani", "哈萨克族": "Kazakh", "哈萨克": "Kazakh",
    "傣族": "Dai", "黎族": "Li", "傈僳族": "Lisu", "佤族": "Wa", "畲族": "She", "拉祜族": "Lahu",
    "水族": "Sui", "东乡族": "Dongxiang", "纳西族": "Naxi", "景颇族": "Jingpo", "柯尔克孜": "Kyrgyz",
    "土族": "Tu", "达斡尔族": "Daur", "达斡尔": "Daur", "仫佬族": "Mulao", "羌族": "Qiang",
    "布朗族": "Blang", "撒拉族": "Salar", "毛南族": "Maonan", "仡佬族": "Gelao", "锡伯": "Xibe",
    "阿昌族": "Achang", "普米族": "Pumi", "塔吉克": "Tajik", "怒族": "Nu", "鄂温克族": "Evenk",
    "鄂伦春": "Oroqen", "保安族": "Bonan", "裕固族": "Yugur", "独龙族": "Derung", "各族": "Multi-ethnic",
    "基诺族": "Jino", "维吾尔": "Uyghur",
}  # fmt: skip

# GeoNames' first-level codes for the provinces of our data.
GEONAMES_ADMIN1: dict[str, str] = {
    "11": "22", "12": "28", "13": "10", "14": "24", "15": "20", "21": "19", "22": "05", "23": "08", "31": "23",
    "32": "04", "33": "02", "34": "01", "35": "07", "36": "03", "37": "25", "41": "09", "42": "12", "43": "11",
    "44": "30", "45": "16", "46": "31", "50": "33", "51": "32", "52": "18", "53": "29", "54": "14", "61": "26",
    "62": "15", "63": "06", "64": "21", "65": "13",
}  # fmt: skip

# The deputy of each province whose seat stands for the province's own point.
SEATS: dict[str, str] = {
    "13": "130100", "14": "140100", "15": "150100", "21": "210100", "22": "220100", "23": "230100",
    "32": "320100", "33": "330100", "34": "340100", "35": "350100", "36": "360100", "37": "370100",
    "41": "410100", "42": "420100", "43": "430100", "44": "440100", "45": "450100", "46": "460100",
    "51": "510100", "52": "520100", "53": "530100", "54": "540100", "61": "610100", "62": "620100",
    "63": "630100", "64": "640100", "65": "650100",
}  # fmt: skip
