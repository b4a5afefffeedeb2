--TEST--
SoapClient over hooked streams: 50 coroutines wait for slow answers at the same time; a fault, and a server that has gone
--EXTENSIONS--
soap
--SKIPIF--
<?php require __DIR__ . '/skip.inc'; ?>
--FILE--
<?php
require __DIR__ . '/support.inc';
use Swoole\Coroutine;
use function Swoole\Coroutine\{go, run};

// The answers are files. nginx sends the slow one at 100 kB a second.
$nginx = Peer::nginx('server { listen $PORT; root $FOLDER; default_type text/xml;
    error_page 405 =200 $uri; location = /slow { limit_rate 100k; error_page 405 =200 /slow; } location = /fault { error_page 405 =500 /fault; } }');
$envelope = fn (string $body) => '<?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body>'
    . "$body</SOAP-ENV:Body></SOAP-ENV:Envelope>";
$answer = fn (string $value) => $envelope("<ns1:askResponse xmlns:ns1=\"urn:test\"><return>$value</return></ns1:askResponse>");
file_put_contents("$nginx->folder/quick", $answer('quick'));
file_put_contents("$nginx->folder/slow", $answer('slow' . str_repeat(' and slow', 5000)));
file_put_contents("$nginx->folder/fault", $envelope('<SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>'));
$client = fn (string $path) => new SoapClient(null, ['location' => "http://127.0.0.1:$nginx->port/$path", 'uri' => 'urn:test', 'keep_alive' => false]);

run(function () use ($client, $nginx) {
    $log = [];
    $slow = [];
    for ($i = 0; $i < 50; $i++) {
        $slow[] = go(function () use ($client, &$log) {
            $log[] = strtok($client('slow')->ask('question'), ' ');
        });
    }
    $quick = go(function () use ($client, &$log) {
        for ($i = 0; $i < 5; $i++) {
            $log[] = $client('quick')->ask('question');
        }
    });
    Coroutine::join([...$slow, $quick]);
    echo json_encode(array_slice($log, 0, 5)), ' ', count(array_keys($log, 'slow')), " slow answers\n";
    try {
        $client('fault')->ask('question');
    } catch (SoapFault $fault) {
        echo "$fault->faultcode: {$fault->getMessage()}\n";
    }
    $nginx->stop();
    try {
        $client('quick')->ask('question');
    } catch (SoapFault $fault) {
        echo "$fault->faultcode: {$fault->getMessage()}\n";
    }
});
?>
--EXPECT--
["quick","quick","quick","quick","quick"] 50 slow answers
SOAP-ENV:Server: no
HTTP: Could not connect to host
