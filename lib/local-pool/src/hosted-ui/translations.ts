/**
 * The texts of the pages in the languages of managed login. Cognito's messages about a form stay in
 * English in all of them: their translations aren't documented, and tests compare the text.
 */
export const TEXT_KEYS = (
  [
    ['signIn', 'signUp', 'username', 'password', 'email', 'name', 'forgotLink'],
    ['continueWith', 'continueAs', 'somebodyElse', 'backToSignIn'],
    ['confirmTitle', 'code', 'confirm', 'noCode', 'resend', 'codeSent'],
    ['forgotTitle', 'forgotText', 'sendCode'],
    ['newPassword', 'changePassword', 'passwordChanged', 'newPasswordTitle'],
    ['mfaTitle', 'mfaText', 'mfaCode', 'continue'],
    ['setupTitle', 'setupText', 'secretKey'],
    ['atLeast', 'uppercase', 'lowercase', 'number', 'symbol'],
  ] as const
).flat();

export type TextKey = (typeof TEXT_KEYS)[number];

/** The languages of the parameter `lang` (facts, section 2), each with its texts in that order. */
export const TEXTS = {
  en: `Sign in | Sign up | Username | Password | Email | Name (optional) | Forgot your password?
    | Continue with {0} | Continue as {0} | Or sign in as a different user: | Back to sign in
    | Confirm your account | Verification code | Confirm account | Didn't receive a code?
    | Send a new code | A code was sent to your email address.
    | Reset your password | Enter your username, and we will send a code to your email address.
    | Send code
    | New password | Change password | Your password was changed. You can now sign in with it.
    | Choose a new password
    | Enter your code | Your authenticator app shows a 6-digit code for this account. | Code
    | Continue
    | Set up an authenticator app | Scan this QR code with the app, or type the secret key into it.
    Then enter the code that it shows. | Secret key
    | At least {0} characters | an uppercase letter | a lowercase letter | a number | a symbol`,
  de: `Anmelden | Registrieren | Benutzername | Passwort | E-Mail | Name (optional)
    | Passwort vergessen?
    | Weiter mit {0} | Weiter als {0} | Oder als jemand anderes anmelden: | Zurück zur Anmeldung
    | Konto bestätigen | Bestätigungscode | Konto bestätigen | Keinen Code erhalten?
    | Neuen Code senden | Ein Code wurde an Ihre E-Mail-Adresse gesendet.
    | Passwort zurücksetzen | Geben Sie Ihren Benutzernamen ein. Wir senden einen Code an Ihre
    E-Mail-Adresse. | Code senden
    | Neues Passwort | Passwort ändern | Ihr Passwort wurde geändert. Sie können sich jetzt damit
    anmelden. | Neues Passwort wählen
    | Code eingeben | Ihre Authenticator-App zeigt einen sechsstelligen Code für dieses Konto. | Code
    | Weiter
    | Authenticator-App einrichten | Scannen Sie diesen QR-Code mit der App oder geben Sie dort den
    geheimen Schlüssel ein. Geben Sie dann den angezeigten Code ein. | Geheimer Schlüssel
    | Mindestens {0} Zeichen | ein Großbuchstabe | ein Kleinbuchstabe | eine Ziffer
    | ein Sonderzeichen`,
  es: `Iniciar sesión | Registrarse | Nombre de usuario | Contraseña | Correo electrónico
    | Nombre (opcional) | ¿Ha olvidado su contraseña?
    | Continuar con {0} | Continuar como {0} | O inicie sesión como otra persona:
    | Volver al inicio de sesión
    | Confirme su cuenta | Código de verificación | Confirmar cuenta | ¿No ha recibido el código?
    | Enviar un código nuevo | Se ha enviado un código a su correo electrónico.
    | Restablezca su contraseña | Introduzca su nombre de usuario y le enviaremos un código por correo
    electrónico. | Enviar código
    | Nueva contraseña | Cambiar contraseña | Su contraseña se ha cambiado. Ya puede iniciar sesión
    con ella. | Elija una nueva contraseña
    | Introduzca su código | Su aplicación de autenticación muestra un código de 6 dígitos para esta
    cuenta. | Código | Continuar
    | Configure una aplicación de autenticación | Escanee este código QR con la aplicación o escriba
    en ella la clave secreta. Después introduzca el código que muestra. | Clave secreta
    | Al menos {0} caracteres | una letra mayúscula | una letra minúscula | un número | un símbolo`,
  fr: `Se connecter | S’inscrire | Nom d’utilisateur | Mot de passe | E-mail | Nom (facultatif)
    | Mot de passe oublié ?
    | Continuer avec {0} | Continuer en tant que {0} | Ou connectez-vous avec un autre compte :
    | Retour à la connexion
    | Confirmez votre compte | Code de vérification | Confirmer le compte | Vous n’avez pas reçu de
    code ? | Envoyer un nouveau code | Un code a été envoyé à votre adresse e-mail.
    | Réinitialisez votre mot de passe | Saisissez votre nom d’utilisateur, et un code sera envoyé à
    votre adresse e-mail. | Envoyer le code
    | Nouveau mot de passe | Changer le mot de passe | Votre mot de passe a été changé. Vous pouvez
    maintenant vous connecter. | Choisissez un nouveau mot de passe
    | Saisissez votre code | Votre application d’authentification affiche un code à 6 chiffres pour
    ce compte. | Code | Continuer
    | Configurez une application d’authentification | Scannez ce code QR avec l’application, ou
    saisissez-y la clé secrète. Entrez ensuite le code qu’elle affiche. | Clé secrète
    | Au moins {0} caractères | une lettre majuscule | une lettre minuscule | un chiffre
    | un symbole`,
  id: `Masuk | Daftar | Nama pengguna | Kata sandi | Email | Nama (opsional) | Lupa kata sandi?
    | Lanjutkan dengan {0} | Lanjutkan sebagai {0} | Atau masuk sebagai orang lain:
    | Kembali ke halaman masuk
    | Konfirmasi akun Anda | Kode verifikasi | Konfirmasi akun | Tidak menerima kode?
    | Kirim kode baru | Kode telah dikirim ke alamat email Anda.
    | Atur ulang kata sandi | Masukkan nama pengguna Anda, dan kode akan dikirim ke alamat email Anda.
    | Kirim kode
    | Kata sandi baru | Ubah kata sandi | Kata sandi Anda telah diubah. Sekarang Anda dapat masuk
    dengannya. | Pilih kata sandi baru
    | Masukkan kode Anda | Aplikasi autentikator Anda menampilkan kode 6 digit untuk akun ini. | Kode
    | Lanjutkan
    | Siapkan aplikasi autentikator | Pindai kode QR ini dengan aplikasi, atau ketikkan kunci rahasia
    di dalamnya. Lalu masukkan kode yang ditampilkan. | Kunci rahasia
    | Minimal {0} karakter | satu huruf besar | satu huruf kecil | satu angka | satu simbol`,
  it: `Accedi | Registrati | Nome utente | Password | E-mail | Nome (facoltativo)
    | Password dimenticata?
    | Continua con {0} | Continua come {0} | Oppure accedi con un altro account: | Torna all’accesso
    | Conferma il tuo account | Codice di verifica | Conferma account | Non hai ricevuto il codice?
    | Invia un nuovo codice | Un codice è stato inviato al tuo indirizzo e-mail.
    | Reimposta la password | Inserisci il tuo nome utente: riceverai un codice al tuo indirizzo
    e-mail. | Invia codice
    | Nuova password | Cambia password | La password è stata cambiata. Ora puoi usarla per accedere.
    | Scegli una nuova password
    | Inserisci il codice | La tua app di autenticazione mostra un codice di 6 cifre per questo
    account. | Codice | Continua
    | Configura un’app di autenticazione | Scansiona questo codice QR con l’app oppure digita la
    chiave segreta. Poi inserisci il codice mostrato. | Chiave segreta
    | Almeno {0} caratteri | una lettera maiuscola | una lettera minuscola | un numero | un simbolo`,
  ja: `サインイン | サインアップ | ユーザー名 | パスワード | E メール | 名前 (任意)
    | パスワードを忘れた場合
    | {0} で続行 | {0} として続行 | または別のユーザーとしてサインイン: | サインインに戻る
    | アカウントの確認 | 検証コード | アカウントを確認 | コードが届きませんか?
    | 新しいコードを送信 | E メールアドレスにコードを送信しました。
    | パスワードのリセット | ユーザー名を入力してください。E メールアドレスにコードを送信します。
    | コードを送信
    | 新しいパスワード | パスワードを変更 | パスワードを変更しました。新しいパスワードでサインインできます。
    | 新しいパスワードを選択
    | コードを入力 | 認証アプリに、このアカウントの 6 桁のコードが表示されています。 | コード | 続行
    | 認証アプリの設定 | アプリでこの QR コードをスキャンするか、シークレットキーを入力してください。
    次に、表示されたコードを入力してください。 | シークレットキー
    | {0} 文字以上 | 大文字 | 小文字 | 数字 | 記号`,
  ko: `로그인 | 가입 | 사용자 이름 | 비밀번호 | 이메일 | 이름(선택 사항) | 비밀번호를 잊으셨나요?
    | {0}(으)로 계속 | {0} 계정으로 계속 | 또는 다른 사용자로 로그인: | 로그인으로 돌아가기
    | 계정 확인 | 확인 코드 | 계정 확인 | 코드를 받지 못하셨나요? | 새 코드 보내기
    | 이메일 주소로 코드를 보냈습니다.
    | 비밀번호 재설정 | 사용자 이름을 입력하면 이메일 주소로 코드를 보내 드립니다. | 코드 보내기
    | 새 비밀번호 | 비밀번호 변경 | 비밀번호가 변경되었습니다. 이제 새 비밀번호로 로그인할 수 있습니다.
    | 새 비밀번호 선택
    | 코드 입력 | 인증 앱에 이 계정의 6자리 코드가 표시됩니다. | 코드 | 계속
    | 인증 앱 설정 | 앱으로 이 QR 코드를 스캔하거나 앱에 비밀 키를 입력하세요. 그런 다음 표시되는
    코드를 입력하세요. | 비밀 키
    | {0}자 이상 | 대문자 | 소문자 | 숫자 | 기호`,
  'pt-BR': `Entrar | Cadastre-se | Nome de usuário | Senha | E-mail | Nome (opcional)
    | Esqueceu sua senha?
    | Continuar com {0} | Continuar como {0} | Ou entre como outra pessoa: | Voltar ao login
    | Confirme sua conta | Código de verificação | Confirmar conta | Não recebeu o código?
    | Enviar um novo código | Um código foi enviado para o seu e-mail.
    | Redefina sua senha | Digite seu nome de usuário, e um código será enviado para o seu e-mail.
    | Enviar código
    | Nova senha | Alterar senha | Sua senha foi alterada. Agora você já pode entrar com ela.
    | Escolha uma nova senha
    | Digite seu código | Seu aplicativo autenticador mostra um código de 6 dígitos para esta conta.
    | Código | Continuar
    | Configure um aplicativo autenticador | Escaneie este código QR com o aplicativo ou digite nele a
    chave secreta. Depois, digite o código exibido. | Chave secreta
    | Pelo menos {0} caracteres | uma letra maiúscula | uma letra minúscula | um número | um símbolo`,
  'zh-CN': `登录 | 注册 | 用户名 | 密码 | 电子邮件 | 姓名（可选） | 忘记密码？
    | 使用 {0} 继续 | 以 {0} 的身份继续 | 或以其他用户身份登录： | 返回登录
    | 确认您的账户 | 验证码 | 确认账户 | 没有收到验证码？ | 发送新的验证码
    | 验证码已发送到您的电子邮件地址。
    | 重置密码 | 输入您的用户名，我们会将验证码发送到您的电子邮件地址。 | 发送验证码
    | 新密码 | 更改密码 | 您的密码已更改。现在可以使用新密码登录。 | 设置新密码
    | 输入验证码 | 您的身份验证器应用会显示此账户的 6 位验证码。 | 验证码 | 继续
    | 设置身份验证器应用 | 使用应用扫描此二维码，或在应用中输入密钥，然后输入应用显示的验证码。 | 密钥
    | 至少 {0} 个字符 | 一个大写字母 | 一个小写字母 | 一个数字 | 一个符号`,
  'zh-TW': `登入 | 註冊 | 使用者名稱 | 密碼 | 電子郵件 | 姓名（選填） | 忘記密碼？
    | 使用 {0} 繼續 | 以 {0} 的身分繼續 | 或以其他使用者身分登入： | 返回登入
    | 確認您的帳戶 | 驗證碼 | 確認帳戶 | 沒有收到驗證碼？ | 傳送新的驗證碼
    | 驗證碼已傳送到您的電子郵件地址。
    | 重設密碼 | 輸入您的使用者名稱，我們會將驗證碼傳送到您的電子郵件地址。 | 傳送驗證碼
    | 新密碼 | 變更密碼 | 您的密碼已變更。現在可以使用新密碼登入。 | 設定新密碼
    | 輸入驗證碼 | 您的驗證器應用程式會顯示此帳戶的 6 位數驗證碼。 | 驗證碼 | 繼續
    | 設定驗證器應用程式 | 使用應用程式掃描此 QR 碼，或在其中輸入秘密金鑰，然後輸入應用程式顯示的驗證碼。
    | 秘密金鑰
    | 至少 {0} 個字元 | 一個大寫字母 | 一個小寫字母 | 一個數字 | 一個符號`,
} as const;
