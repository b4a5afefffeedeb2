--TEST--
functions that ask name servers let others run, and give what they give elsewhere
--FILE--
<?php
use Swoole\Coroutine;
use function Swoole\Coroutine\{run, go};
require __DIR__ . '/hooks.inc';
require __DIR__ . '/../support.inc';
$before = count(links());
$sent = sys_get_temp_dir() . '/hooks-mail';
function together(string $name, callable $call): void
{
    run(function () use ($name, $call) {
        $order = '';
        $results = $cids = [];
        for ($i = 0; $i < 5; $i++) {
            $cids[] = go(function () use ($i, $call, &$order, &$results) {
                $order .= '<';
                $results[$i] = $call($i);
                $order .= '>';
            });
        }
        Coroutine::join($cids);
        echo "$name: $order ", count(array_unique(array_map(json_encode(...), $results))), "\n";
    });
}
together('gethostbyname', fn() => gethostbyname('localhost'));
together('gethostbynamel', fn() => gethostbynamel('localhost'));
together('gethostbyaddr', fn() => gethostbyaddr('127.0.0.1'));
together('dns_check_record', fn() => dns_check_record('localhost.invalid'));
together('checkdnsrr', fn() => checkdnsrr('localhost.invalid'));
together('dns_get_mx', fn() => dns_get_mx('localhost.invalid', $hosts));
together('getmxrr', fn() => getmxrr('localhost.invalid', $hosts, $weights));
together('dns_get_record', fn() => @dns_get_record('localhost.invalid', DNS_TXT));
together('mail', fn($i) => mail('somebody', 'subject', 'text'));
echo substr_count(file_get_contents($sent), "Subject: subject"), " mails\n";
compare_calls([
    'gethostbyname' => fn() => gethostbyname('localhost'),
    'an address' => fn() => gethostbyname('127.0.0.2'),
    'an old address' => fn() => gethostbyname('127.1'),
    'no name' => fn() => gethostbyname('no such name.invalid'),
    'an empty name' => fn() => gethostbyname(''),
    'too long' => fn() => strlen(gethostbyname(str_repeat('x', 300))),
    'NUL' => fn() => gethostbyname("a\0b"),
    'no string' => fn() => gethostbyname([]),
    'too few' => fn() => gethostbyname(),
    'gethostbynamel' => fn() => gethostbynamel('localhost'),
    'gethostbynamel, none' => fn() => gethostbynamel('no such name.invalid'),
    'gethostbynamel, too long' => fn() => gethostbynamel(str_repeat('x', 300)),
    'gethostbyaddr' => fn() => gethostbyaddr('127.0.0.1'),
    'gethostbyaddr, 6' => fn() => gethostbyaddr('::1'),
    'gethostbyaddr, none' => fn() => gethostbyaddr('no address'),
    'checkdnsrr' => fn() => checkdnsrr('localhost.invalid', 'A'),
    'checkdnsrr, wrong' => fn() => checkdnsrr('localhost', 'WRONG'),
    'checkdnsrr, empty' => fn() => checkdnsrr(''),
    'getmxrr' => function () { $h = 'x'; $w = 5; return [getmxrr('localhost.invalid', $h, $w), $h, $w]; },
    'getmxrr, typed' => function () { $o = new class { public string $h = ''; }; return getmxrr('localhost.invalid', $o->h); },
    'dns_get_record, wrong' => fn() => dns_get_record('localhost', -1),
    'mail, a bad header' => fn() => mail('a', 'b', 'c', "Bad\0Header: x"),
    'mail' => fn() => mail('a', "b\nc", 'd', ['From' => 'me']),
]);
run(function () {
    echo "-- cancelled\n";
    $cid = go(function () { var_dump(gethostbyname('localhost')); });
    Coroutine::cancel($cid);
    $cid = go(function () { var_dump(getmxrr('localhost.invalid', $hosts), $hosts); });
    Coroutine::cancel($cid);
    echo "-- the handler of warnings throws\n";
    set_error_handler(fn(int $level, string $text) => throw new ErrorException($text));
    try {
        gethostbyaddr('no address');
    } catch (ErrorException $e) {
        echo $e->getMessage(), "\n";
    }
    restore_error_handler();
});
echo count(links()) - $before, ' descriptors left, ', count(children()), " children left\n";
unlink($sent);
?>
--INI--
sendmail_path=cat >>$TMPDIR/hooks-mail
--EXPECT--
gethostbyname: <<<<<>>>>> 1
gethostbynamel: <<<<<>>>>> 1
gethostbyaddr: <<<<<>>>>> 1
dns_check_record: <<<<<>>>>> 1
checkdnsrr: <<<<<>>>>> 1
dns_get_mx: <<<<<>>>>> 1
getmxrr: <<<<<>>>>> 1
dns_get_record: <<<<<>>>>> 1
mail: <<<<<>>>>> 1
5 mails
23 calls, 0 differ
-- cancelled
string(9) "localhost"
bool(false)
NULL
-- the handler of warnings throws
gethostbyaddr(): Address is not a valid IPv4 or IPv6 address
0 descriptors left, 0 children left
