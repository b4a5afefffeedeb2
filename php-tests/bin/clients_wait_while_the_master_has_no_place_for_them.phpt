--TEST--
bin/pool: without a place or a descriptor for one more client the master lets it wait, and uses no processor time
--EXTENSIONS--
posix
pcntl
--FILE--
<?php
require __DIR__ . '/support.inc';

/** The processor time of a process, in clock ticks. */
function ticks(int $pid): int
{
    $fields = explode(' ', preg_replace('/^.*\) /', '', file_get_contents("/proc/$pid/stat")));
    return (int) $fields[11] + (int) $fields[12];
}

$run = array_map(escapeshellarg(...), [...php_command(), __DIR__ . '/../../bin/pool', 'run', '--socket=a.sock', '--name=a', '--boot-time=0', '--', 'sleep', '1000']);
foreach (['few places' => ['', 67], 'few descriptors' => ['ulimit -Sn 40;', 40]] as $title => [$limit, $number]) {
    $pool = new Program(['sh', '-c', "$limit exec " . implode(' ', $run)]);
    $pool->hear('is ready');
    $clients = [];
    while (count($clients) < $number) {
        // The queue of the socket may be full for a moment.
        $client = @stream_socket_client('unix://' . getcwd() . '/a.sock');
        $client === false ? usleep(10000) : $clients[] = $client;
    }
    $stop = pool('stop', '--socket=a.sock');
    $before = ticks($pool->pid);
    usleep(1500000);
    $used = ticks($pool->pid) - $before;
    // With places again, the request that has waited is served.
    $clients = [];
    echo "$title: ", $used < 20 ? 'idle' : "$used ticks", ' ', $stop->end()[0], ' ', $pool->end()[0], "\n";
}
?>
--EXPECT--
few places: idle 0 0
few descriptors: idle 0 0
