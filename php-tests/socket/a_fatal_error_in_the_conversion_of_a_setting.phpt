--TEST--
Coroutine\Socket::setProtocol(): a fatal error, an exit and an exception while a setting is converted end it there
--FILE--
<?php
use Swoole\Coroutine\Socket;
use Swoole\Process;

class Setting
{
    public function __construct(private Closure $end)
    {
    }

    public function __toString(): string
    {
        ($this->end)();
    }
}

$ends = [
    'fatal error' => fn () => trigger_error('fatal', E_USER_ERROR),
    'exit' => fn () => exit(3),
    'exception' => fn () => throw new Exception('thrown'),
];
$settings = [
    'open_ssl' => true, 'ssl_cert_file' => 'certificate', 'ssl_key_file' => 'key', 'ssl_passphrase' => 'phrase',
    'open_eof_check' => true, 'package_eof' => 'end',
];
foreach ($ends as $title => $end) {
    foreach (['ssl_ciphers' => new Setting($end), 'ssl_alpn_protocols' => ['h2', new Setting($end)], 'package_eof' => new Setting($end)] as $name => $value) {
        $process = new Process(function () use ($settings, $name, $value) {
            ini_set('display_errors', '0');
            ini_set('log_errors', '0');
            (new Socket(AF_INET, SOCK_STREAM, 0))->setProtocol([...$settings, $name => $value]);
            echo "not reached\n";
        });
        $process->start();
        echo "$title, $name: ", Process::wait()['code'], "\n";
    }
}
?>
--EXPECT--
fatal error, ssl_ciphers: 255
fatal error, ssl_alpn_protocols: 255
fatal error, package_eof: 255
exit, ssl_ciphers: 3
exit, ssl_alpn_protocols: 3
exit, package_eof: 3
exception, ssl_ciphers: 255
exception, ssl_alpn_protocols: 255
exception, package_eof: 255
