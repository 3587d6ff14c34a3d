"""What the region tables cannot say by themselves: merged codes, names that pinyin gets wrong, ethnic names.

Read by build_regions.py only; nothing here is shipped.
"""

from __future__ import annotations

# Counties merged into one that already had a code (the year tables only show them vanish). A county that was
# split is given the part that took most of it; where no part did, it stays out and its city answers for it.
MERGED: dict[str, str] = {
    "110103": "110101", "110104": "110102", "120107": "120116", "120108": "120116", "120109": "120116",
    "130106": "130108", "130206": "130208", "130521": "130503", "130603": "130606", "130604": "130606",
    "130721": "130705", "140202": "140213", "140203": "140214", "140211": "140214", "140402": "140403",
    "140411": "140403", "140726": "140703", "152300": "150500", "152400": "150400", "220381": "220184",
    "230105": "230104", "230107": "230110", "230702": "230717", "230705": "230751", "230706": "230718",
    "230707": "230724", "230708": "230717", "230709": "230751", "230710": "230724", "230711": "230718",
    "230712": "230723", "230714": "230723", "230715": "230724", "230716": "230719", "310103": "310101",
    "310108": "310106", "310119": "310115", "310224": "310115", "320103": "320104", "320107": "320106",
    "320112": "320116", "320122": "320111", "320202": "320213", "320203": "320213", "320204": "320213",
    "320405": "320412", "320502": "320508", "320503": "320508", "320504": "320508", "320511": "320505",
    "320611": "320613", "320705": "320706", "320811": "320812", "321011": "321003", "330103": "330105",
    "330104": "330102", "330204": "330212", "340204": "340202", "340208": "340209", "340502": "340503",
    "340703": "340705", "342601": "340181", "350202": "350203", "350204": "350203", "350402": "350404",
    "350403": "350404", "360105": "360112", "370205": "370203", "370284": "370211", "370634": "370614",
    "370802": "370811", "371200": "370100", "410211": "410202", "410306": "410308", "410322": "410308",
    "410504": "410505", "422422": "421087", "430402": "430405", "430403": "430406", "430404": "430407",
    "430411": "430408", "440102": "440104", "440107": "440103", "440116": "440112", "440506": "440512",
    "440508": "440511", "440509": "440511", "440510": "440512", "440602": "440604", "440603": "440604",
    "440903": "440904", "450104": "450107", "450106": "450107", "450404": "450403", "452402": "451102",
    "452601": "451002", "452701": "451202", "460029": "460400", "460103": "460106", "469003": "460400",
    "500222": "500110", "500225": "500111", "510200": "500000", "510902": "510903", "513821": "511402",
    "520114": "520111", "533221": "530721", "610321": "610304", "620925": "620922", "622102": "620902",
    "622201": "620702", "622301": "620602", "622701": "620802", "640223": "640205", "640321": "640502",
    "650108": "650109", "652303": "650109",
}  # fmt: skip

PROVINCES_EN: dict[str, str] = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong", "41": "Henan",
    "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi", "46": "Hainan", "50": "Chongqing",
    "51": "Sichuan", "52": "Guizhou", "53": "Yunnan", "54": "Xizang", "61": "Shaanxi", "62": "Gansu",
    "63": "Qinghai", "64": "Ningxia", "65": "Xinjiang", "71": "Taiwan", "81": "Hong Kong", "82": "Macao",
}  # fmt: skip

# Names whose established English form is not pinyin.
ENGLISH: dict[str, str] = {
    "哈尔滨": "Harbin", "齐齐哈尔": "Qiqihar", "大兴安岭": "Da Hinggan Ling", "呼和浩特": "Hohhot",
    "鄂尔多斯": "Ordos", "呼伦贝尔": "Hulunbuir", "巴彦淖尔": "Bayannur", "乌兰察布": "Ulanqab",
    "锡林郭勒": "Xilingol", "阿拉善": "Alxa", "锡林浩特": "Xilinhot", "乌兰浩特": "Ulanhot",
    "二连浩特": "Erenhot", "额尔古纳": "Ergun", "阿尔山": "Arxan", "霍林郭勒": "Holingol",
    "科尔沁": "Horqin", "乌鲁木齐": "Urumqi", "克拉玛依": "Karamay", "吐鲁番": "Turpan",
    "博尔塔拉": "Bortala", "巴音郭楞": "Bayingolin", "阿克苏": "Aksu", "克孜勒苏": "Kizilsu",
    "喀什": "Kashgar", "和田": "Hotan", "伊犁": "Ili", "阿勒泰": "Altay", "阿拉尔": "Aral",
    "图木舒克": "Tumxuk", "库尔勒": "Korla", "阿图什": "Artux", "奎屯": "Kuytun", "霍尔果斯": "Khorgos",
    "库车": "Kuqa", "察布查尔": "Qapqal", "塔什库尔干": "Taxkorgan", "巴里坤": "Barkol",
    "和布克赛尔": "Hoboksar", "木垒": "Mori", "拉萨": "Lhasa", "日喀则": "Shigatse", "昌都": "Qamdo",
    "林芝": "Nyingchi", "那曲": "Nagqu", "阿里": "Ngari", "桑珠孜": "Samzhubze", "阿坝": "Ngawa",
    "甘孜": "Garze", "果洛": "Golog", "格尔木": "Golmud", "香格里拉": "Shangri-La",
    "前郭尔罗斯": "Qian Gorlos", "杜尔伯特": "Dorbod", "香港": "Hong Kong", "澳门": "Macao",
    "扎兰屯": "Zalantun",
}  # fmt: skip

# Whole names that no rule turns into English: mostly development zones.
WHOLE: dict[str, str] = {
    "中沙群岛的岛礁及其海域": "Zhongsha Islands and their waters",
    "石家庄循环化工园区": "Shijiazhuang Circular Chemical Park",
    "保定白沟新城": "Baoding Baigou New Town",
    "山西转型综合改革示范区": "Shanxi Transformation and Reform Demonstration Zone",
    "包头稀土高新技术产业开发区": "Baotou Rare Earth High-tech Zone",
    "长春汽车经济技术开发区": "Changchun Automotive Economic and Technological Development Zone",
    "吉林中国新加坡食品区": "Jilin China-Singapore Food Zone",
    "豫东综合物流产业聚集区": "Yudong Logistics Cluster",
    "西藏文化旅游创意园区": "Xizang Culture and Tourism Park",
    "格尔木藏青工业园区": "Golmud Zangqing Industrial Park",
    "阜阳合肥现代产业园区": "Fuyang-Hefei Modern Industrial Park",
    "宿州马鞍山现代产业园区": "Suzhou-Ma'anshan Modern Industrial Park",
}

# Place readings that a dictionary of common words gets wrong.
READINGS: dict[str, str] = {
    "六合": "lu he", "乐陵": "lao ling", "南乐": "nan le", "民乐": "min le", "蚌山": "beng shan",
    "单": "shan", "浚": "xun", "洪洞": "hong tong", "涡阳": "guo yang", "繁峙": "fan shi",
    "筠连": "jun lian", "荥经": "ying jing", "蔚": "yu", "穆棱": "mu ling", "长垣": "chang yuan",
    "宕昌": "tan chang", "珲春": "hun chun", "大城": "dai cheng", "召陵": "shao ling", "朝阳": "chao yang",
    "都匀": "du yun", "都昌": "du chang", "都安": "du an", "都兰": "du lan", "丰都": "feng du",
    "于都": "yu du", "宜都": "yi du", "宁都": "ning du", "新都": "xin du", "望都": "wang du",
    "武都": "wu du", "漯河": "luo he", "曾都": "zeng du", "郫都": "pi du", "什邡": "shi fang",
    "佛冈": "fo gang", "佛坪": "fo ping", "长宁": "chang ning", "长岛": "chang dao", "长丰": "chang feng",
    "长海": "chang hai", "长治": "chang zhi", "长泰": "chang tai", "长葛": "chang ge", "长洲": "chang zhou",
    "长顺": "chang shun", "长武": "chang wu", "长岭": "chang ling", "长白": "chang bai",
    "长阳": "chang yang", "长清": "chang qing", "覃塘": "qin tang", "天长": "tian chang",
    "子长": "zi chang", "南长": "nan chang", "马尾": "ma wei", "泊头": "bo tou", "益都": "yi du",
    "德都": "de du", "三都": "san du", "昌都": "chang du", "商都": "shang du", "乌什": "wu shi",
    "阿图什": "a tu shi", "塔什库尔干": "ta shi ku er gan", "锡林郭勒": "xi lin guo le",
    "库尔勒": "ku er le", "阿勒泰": "a le tai", "尼勒克": "ni le ke", "策勒": "ce le", "伽师": "jia shi",
    "克什克腾": "ke shi ke teng",
}  # fmt: skip

ETHNIC: dict[str, str] = {
    "满族": "Manchu", "蒙古族": "Mongol", "蒙古": "Mongol", "回族": "Hui", "藏族": "Tibetan",
    "苗族": "Miao", "彝族": "Yi", "壮族": "Zhuang", "侗族": "Dong", "瑶族": "Yao", "土家族": "Tujia",
    "布依族": "Buyi", "朝鲜族": "Korean", "白族": "Bai", "哈尼族": "Hani", "哈萨克族": "Kazakh",
    "哈萨克": "Kazakh", "傣族": "Dai", "黎族": "Li", "傈僳族": "Lisu", "佤族": "Wa", "畲族": "She",
    "拉祜族": "Lahu", "水族": "Sui", "东乡族": "Dongxiang", "纳西族": "Naxi", "景颇族": "Jingpo",
    "柯尔克孜": "Kyrgyz", "土族": "Tu", "达斡尔族": "Daur", "达斡尔": "Daur", "仫佬族": "Mulao",
    "羌族": "Qiang", "布朗族": "Blang", "撒拉族": "Salar", "毛南族": "Maonan", "仡佬族": "Gelao",
    "锡伯": "Xibe", "阿昌族": "Achang", "普米族": "Pumi", "塔吉克": "Tajik", "怒族": "Nu",
    "鄂温克族": "Evenk", "鄂伦春": "Oroqen", "保安族": "Bonan", "裕固族": "Yugur", "独龙族": "Derung",
    "各族": "Multi-ethnic", "基诺族": "Jino", "维吾尔": "Uyghur",
}  # fmt: skip

# GeoNames' first-level codes for the provinces of our data.
GEONAMES_ADMIN1: dict[str, str] = {
    "11": "22", "12": "28", "13": "10", "14": "24", "15": "20", "21": "19", "22": "05", "23": "08",
    "31": "23", "32": "04", "33": "02", "34": "01", "35": "07", "36": "03", "37": "25", "41": "09",
    "42": "12", "43": "11", "44": "30", "45": "16", "46": "31", "50": "33", "51": "32", "52": "18",
    "53": "29", "54": "14", "61": "26", "62": "15", "63": "06", "64": "21", "65": "13",
}  # fmt: skip

# The city whose point stands for its province.
SEATS: dict[str, str] = {
    "13": "130100", "14": "140100", "15": "150100", "21": "210100", "22": "220100", "23": "230100",
    "32": "320100", "33": "330100", "34": "340100", "35": "350100", "36": "360100", "37": "370100",
    "41": "410100", "42": "420100", "43": "430100", "44": "440100", "45": "450100", "46": "460100",
    "51": "510100", "52": "520100", "53": "530100", "54": "540100", "61": "610100", "62": "620100",
    "63": "630100", "64": "640100", "65": "650100",
}  # fmt: skip
