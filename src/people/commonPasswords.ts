/**
 * The commonest passwords of ten characters and more, in small letters, written down from what is widely known of leaked lists,
 * Chinese habits first. Shorter ones are refused for their length.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `1234567890 0123456789 9876543210 0987654321 12345678910 123456789a a123456789 123456789q q123456789 aa123456789
  1234567891 123456789qq qq123456789 qq123456789q wang123456 zhang123456 li123456789 woaini1314 woaini1314520 woaini520
  woaini521 woaini123 woaini123456 woaini5201314 5201314520 1314520520 52013141314 5211314521 iloveyou1314 iloveyou520
  woshishui123 zxcvbnm123 zxcvbnm123456 asdfghjkl1 asdfghjkl123 asdfghjkl; qwertyuiop qwertyuiop1 qwertyuiop123 qwerty12345
  qwerty123456 qwerty1234 qwertyuiop[] 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedc123 qazwsxedcrfv zaq12wsxcde3 1q2w3e4r5t
  1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 a1b2c3d4e5 a1s2d3f4g5 abc1234567 abcd123456 abc123456789 abcde12345 abcdefghij
  aa12345678 aa1234567890 asd123456789 asd1234567 zxc123456789 zxc1234567 qwe123456789 qwe1234567 as123456789 admin12345
  admin123456 admin888888 administrator administrator1 root123456 root1234567 test123456 test1234567 guest123456
  user123456 huawei@123 huawei12#$ admin@1234 admin@12345 admin@123456 admin!@#123 p@ssw0rd123 p@ssword123 passw0rd123
  password12 password123 password1234 password12345 password123456 password@123 password! password!1 password1! password00
  mypassword mypassword1 changeme123 changeme1234 letmein123 letmein1234 welcome123 welcome1234 welcome@123 iloveyou12
  iloveyou123 iloveyou1234 football12 baseball12 sunshine12 princess12 superman12 trustno1234 monkey1234 dragon1234
  master1234 michael123 computer123 internet123 secret1234 default123 qweasdzxc123 qweasdzxc1 1qazxsw23edc 147258369a
  147258369147 1472583690 7894561230 741852963a 741852963741 963852741a 159357456a 135792468a 1357924680 2468013579
  kefu123456 kefu1234567 kefu12345678 kefu888888 mima123456 mima1234567 mimamima123 mimashi123 nihao123456 nihaoma123
  china123456 beijing2008 beijing123 shanghai123 taobao1234 taobao123456 jingdong123 jd12345678 tianmao123 qq12345678`
    .split(/\s+/)
    .filter((password) => password.length >= 10),
);
