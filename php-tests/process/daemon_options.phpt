--TEST--
daemon(): the folder and the standard descriptors by its arguments; a new session without a terminal, another pid
--EXTENSIONS--
posix
--FILE--
<?php
use Swoole\Process;
require __DIR__ . '/../support.inc';
chdir('/usr');
$main = getmypid();
foreach ([[], [true, true], [false, true], [true, false], ['noclose' => false, 'nochdir' => false]] as $arguments) {
    $p = new Process(function (Process $p) use ($arguments) {
        $before = links();
        $pid = getmypid();
        $result = Process::daemon(...$arguments);
        $standard = array_slice(links(), 0, 3);
        $p->write(json_encode([
            'daemon' => $result,
            'folder' => getcwd(),
            'standard' => $standard === array_slice($before, 0, 3) ? 'kept' : array_unique($standard),
            'another pid' => getmypid() !== $pid,
            'leader of a session' => posix_getsid(0) === getmypid(),
            'descriptors more' => count(links()) - count($before),
        ], JSON_UNESCAPED_SLASHES) . ' ' . getmypid());
    });
    $p->start();
    echo json_encode($arguments), ': ', ending(Process::wait()), "\n";
    [$report, $daemon] = explode("} ", $p->read());
    echo "$report}\n";
    until_ended((int) $daemon);
}
?>
--EXPECT--
[]: code 0
{"daemon":true,"folder":"/usr","standard":"kept","another pid":true,"leader of a session":true,"descriptors more":0}
[true,true]: code 0
{"daemon":true,"folder":"/usr","standard":"kept","another pid":true,"leader of a session":true,"descriptors more":0}
[false,true]: code 0
{"daemon":true,"folder":"/","standard":"kept","another pid":true,"leader of a session":true,"descriptors more":0}
[true,false]: code 0
{"daemon":true,"folder":"/usr","standard":["/dev/null"],"another pid":true,"leader of a session":true,"descriptors more":0}
{"noclose":false,"nochdir":false}: code 0
{"daemon":true,"folder":"/","standard":["/dev/null"],"another pid":true,"leader of a session":true,"descriptors more":0}
