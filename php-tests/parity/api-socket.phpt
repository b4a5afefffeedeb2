--TEST--
names, parameters and defaults of the methods of Coroutine\Socket, its properties and its exception.
--FILE--
<?php
// Pins: names, parameters and defaults of the methods of Coroutine\Socket, its properties and its exception.
// Status: documented.
foreach (['__construct', 'bind', 'listen', 'accept', 'connect', 'checkLiveness', 'getBoundCid', 'peek', 'recv', 'send', 'recvAll', 'sendAll',
          'recvLine', 'recvWithBuffer', 'recvPacket', 'recvfrom', 'sendto', 'readVector', 'readVectorAll', 'writeVector', 'writeVectorAll',
          'sendFile', 'getOption', 'setOption', 'setProtocol', 'shutdown', 'close', 'cancel', 'getsockname', 'getpeername', 'isClosed', 'import'] as $name) {
    $m = new ReflectionMethod(Swoole\Coroutine\Socket::class, $name);
    $ps = [];
    foreach ($m->getParameters() as $p) {
        $ps[] = ($p->hasType() ? $p->getType() . ' ' : '') . ($p->isPassedByReference() ? '&' : '') . '$' . $p->getName()
            . ($p->isDefaultValueAvailable() ? ' = ' . strtolower(var_export((string) $p->getType() === 'float' ? (float) $p->getDefaultValue() : $p->getDefaultValue(), true)) : '');
    }
    echo $m->isStatic() ? 'static ' : '', $name, '(', implode(', ', $ps), ")\n";
}
$r = new ReflectionClass(Swoole\Coroutine\Socket::class);
foreach (['fd', 'domain', 'type', 'protocol', 'errCode', 'errMsg'] as $p) {
    echo $p, ' ', json_encode($r->getDefaultProperties()[$p]), "\n";
}
var_dump($r->isCloneable(), get_parent_class(Swoole\Coroutine\Socket\Exception::class));
--EXPECT--
__construct(int $domain, int $type, int $protocol = 0)
bind(string $address, int $port = 0)
listen(int $backlog = 512)
accept(float $timeout = 0.0)
connect(string $host, int $port = 0, float $timeout = 0.0)
checkLiveness()
getBoundCid(int $event)
peek(int $length = 65536)
recv(int $length = 65536, float $timeout = 0.0)
send(string $data, float $timeout = 0.0)
recvAll(int $length = 65536, float $timeout = 0.0)
sendAll(string $data, float $timeout = 0.0)
recvLine(int $length = 65536, float $timeout = 0.0)
recvWithBuffer(int $length = 65536, float $timeout = 0.0)
recvPacket(float $timeout = 0.0)
recvfrom(mixed &$peername, float $timeout = 0.0)
sendto(string $addr, int $port, string $data)
readVector(array $io_vector, float $timeout = 0.0)
readVectorAll(array $io_vector, float $timeout = 0.0)
writeVector(array $io_vector, float $timeout = 0.0)
writeVectorAll(array $io_vector, float $timeout = 0.0)
sendFile(string $file, int $offset = 0, int $length = 0)
getOption(int $level, int $opt_name)
setOption(int $level, int $opt_name, mixed $opt_value)
setProtocol(array $settings)
shutdown(int $how = 2)
close()
cancel(int $event = 512)
getsockname()
getpeername()
isClosed()
static import($stream)
fd -1
domain 0
type 0
protocol 0
errCode 0
errMsg ""
bool(false)
string(16) "Swoole\Exception"
