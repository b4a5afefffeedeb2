--TEST--
multicast options of a datagram socket: time to live, loop, joining and leaving a group; IPV6_PKTINFO refuses what has no address.
--EXTENSIONS--
sockets
--FILE--
<?php
// Pins: multicast options of a datagram socket: time to live, loop, joining and leaving a group; IPV6_PKTINFO refuses what has no address.
// Status: documented by PHP's sockets, whose forms it follows.
use Swoole\Coroutine\Socket;
use function Swoole\Coroutine\run;
run(function () {
    $s = new Socket(AF_INET, SOCK_DGRAM, SOL_UDP);
    $s->bind('0.0.0.0');
    $port = $s->getsockname()['port'];
    foreach ([IP_MULTICAST_TTL => 9, IP_MULTICAST_LOOP => 1] as $name => $value) {
        var_dump($s->setOption(IPPROTO_IP, $name, $value), $s->getOption(IPPROTO_IP, $name));
    }
    var_dump($s->setOption(IPPROTO_IP, MCAST_JOIN_GROUP, ['group' => '224.0.0.23', 'interface' => 'lo']));
    var_dump($s->setOption(IPPROTO_IP, MCAST_LEAVE_GROUP, ['group' => '224.0.0.23', 'interface' => 'lo']));
    $six = new Socket(AF_INET6, SOCK_DGRAM, SOL_UDP);
    var_dump(@$six->setOption(IPPROTO_IPV6, IPV6_PKTINFO, []));
    var_dump($six->setOption(IPPROTO_IPV6, IPV6_PKTINFO, ['addr' => '::1', 'ifindex' => 0]));
});
--EXPECT--
bool(true)
int(9)
bool(true)
int(1)
bool(true)
bool(true)
bool(false)
bool(true)
