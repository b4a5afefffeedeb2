--TEST--
curl: a program ends by exit or by a fatal error while transfers and their callbacks wait
--EXTENSIONS--
curl
--FILE--
<?php
require __DIR__ . '/curl.inc';
use Swoole\{Coroutine as Co, Process};
use function Swoole\Coroutine\go;

class User
{
    public function __construct(private CurlHandle $handle)
    {
    }

    public function __destruct()
    {
        echo 'destroyed ', curl_errno($this->handle), "\n";
    }
}

$program = function (Closure $end): void {
    Co::set(['enable_deadlock_check' => false, 'hook_flags' => SWOOLE_HOOK_ALL]);
    [$server, $silent] = [new Server(), new Server()];
    $silent->gate = new Co\Channel();
    $wait = new Co\Channel();
    $waits = function (string $name, mixed $result = 0) use ($wait) {
        return function (...$arguments) use ($name, $wait, $result) {
            try {
                $wait->pop();
            } finally {
                echo "never\n";
            }
            return $result;
        };
    };
    $exec = function (CurlHandle $handle) {
        $user = new User($handle);
        curl_exec($handle);
        echo "never\n";
    };
    $multi = function (CurlHandle $handle) {
        $multi = curl_multi_init();
        curl_multi_add_handle($multi, $handle);
        do {
            curl_multi_exec($multi, $running);
        } while ($running && curl_multi_select($multi) !== -1);
        echo "never\n";
    };
    foreach ([$exec, $multi] as $kind) {
        foreach ([CURLOPT_WRITEFUNCTION, CURLOPT_HEADERFUNCTION, CURLOPT_PROGRESSFUNCTION] as $option) {
            $handle = handle($server->url('/body'));
            curl_setopt($handle, $option, $waits('callback'));
            curl_setopt($handle, CURLOPT_NOPROGRESS, $option !== CURLOPT_PROGRESSFUNCTION);
            go($kind, $handle);
        }
        go($kind, handle($silent->url('/body')));
    }
    while ($wait->stats()['consumer_num'] < 6) {
        Co::sleep(0.001);
    }
    $silent->until(2);
    $end();
};
$ends = [
    'event loop' => fn () => Swoole\Event::exit(),
    'fatal error' => function () { ini_set('display_errors', '0'); Swoole\Event::defer(function () { eval('class Twice {} class Twice {}'); }); },
];
foreach ($ends as $name => $end) {
    echo "$name\n";
    $process = new Process(function () use ($program, $end) {
        go($program, $end);
        Swoole\Event::wait();
        echo "the loop has ended\n";
        exit(3);
    });
    $process->start();
    $status = Process::wait();
    echo "status $status[code], signal $status[signal]\n";
}
?>
--EXPECT--
event loop
the loop has ended
destroyed 0
destroyed 0
destroyed 0
destroyed 0
status 3, signal 0
fatal error
status 255, signal 0
