-- The banks whose online banking payers can choose, in the order in which they are shown (payease.md §7).
create table bank (
    code text collate "C" not null,
    position integer not null,
    name_zh text not null,
    name_en text not null,
    -- Syllable by syllable, so that "zsyh" finds the bank as well.
    pinyin text not null,
    initial text not null,
    constraint bank_pkey primary key (code),
    constraint bank_position_once unique (position),
    constraint bank_code_is_plain check (code ~ '^[A-Z]{2,10}$'),
    constraint bank_initial_is_a_letter check (initial ~ '^[A-Z]$')
);

insert into bank (code, position, name_zh, name_en, pinyin, initial) values
    ('CMB', 1, '招商银行', 'China Merchants Bank', 'zhao shang yin hang', 'Z'),
    ('CCB', 2, '建设银行', 'China Construction Bank', 'jian she yin hang', 'J'),
    ('ICBC', 3, '工商银行', 'Industrial and Commercial Bank of China', 'gong shang yin hang', 'G'),
    ('PAB', 4, '平安银行', 'Ping An Bank', 'ping an yin hang', 'P'),
    ('CMBC', 5, '民生银行', 'China Minsheng Bank', 'min sheng yin hang', 'M'),
    ('CIB', 6, '兴业银行', 'Industrial Bank', 'xing ye yin hang', 'X'),
    ('ABC', 7, '农业银行', 'Agricultural Bank of China', 'nong ye yin hang', 'N'),
    ('GDB', 8, '广发银行', 'China Guangfa Bank', 'guang fa yin hang', 'G'),
    ('BOB', 9, '北京银行', 'Bank of Beijing', 'bei jing yin hang', 'B'),
    ('PSBC', 10, '邮政储蓄银行', 'Postal Savings Bank of China', 'you zheng chu xu yin hang', 'Y'),
    ('HXB', 11, '华夏银行', 'Hua Xia Bank', 'hua xia yin hang', 'H'),
    ('BOCOM', 12, '交通银行', 'Bank of Communications', 'jiao tong yin hang', 'J'),
    ('SPDB', 13, '浦发银行', 'Shanghai Pudong Development Bank', 'pu fa yin hang', 'P'),
    ('CEB', 14, '光大银行', 'China Everbright Bank', 'guang da yin hang', 'G'),
    ('BRCB', 15, '北京农商银行', 'Beijing Rural Commercial Bank', 'bei jing nong shang yin hang', 'B'),
    ('CBHB', 16, '渤海银行', 'China Bohai Bank', 'bo hai yin hang', 'B'),
    ('CITIC', 17, '中信银行', 'China CITIC Bank', 'zhong xin yin hang', 'Z'),
    ('BOC', 18, '中国银行', 'Bank of China', 'zhong guo yin hang', 'Z'),
    ('BOS', 19, '上海银行', 'Bank of Shanghai', 'shang hai yin hang', 'S');

-- What a bank lets through, in yuan, by the tool that secures it. A bank's limits are set all at once and never
-- changed: those with the latest valid_from that has come are in force. No limits, or a null, means "ask your bank";
-- that is how all banks begin, because nothing reliable about them is public.
create table bank_limit (
    bank_code text collate "C" not null,
    tool text not null,
    valid_from timestamptz not null,
    single_minor bigint,
    daily_minor bigint,
    source text not null,
    recorded_at timestamptz not null,
    recorded_by text not null,
    constraint bank_limit_pkey primary key (bank_code, valid_from, tool),
    constraint bank_limit_bank_exists foreign key (bank_code) references bank (code),
    constraint bank_limit_is_positive check (single_minor > 0 and daily_minor > 0),
    constraint bank_limit_day_holds_one check (daily_minor >= single_minor)
);
