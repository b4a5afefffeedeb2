--TEST--
a client and a broker of MQTT: packets of all lengths, in parts and together; time limits, a connection that ends and comes again, refused numbers
--FILE--
<?php
use Swoole\Constant;
use Swoole\Coroutine;
use Swoole\Coroutine\{Client, Server};
use Swoole\Coroutine\Server\Connection;
use function Swoole\Coroutine\{go, run};

/** A packet: its type, and all that follows its length. */
function packet(int $type, string $rest = ''): string
{
    $length = '';
    $left = strlen($rest);
    do {
        $byte = $left & 0x7f;
        $left >>= 7;
        $length .= chr($left ? $byte | 0x80 : $byte);
    } while ($left);
    return chr($type) . $length . $rest;
}

function text(string $text): string
{
    return pack('n', strlen($text)) . $text;
}

/** Type, topic and message of a packet that a broker sends. */
function parse(string $packet): array
{
    $at = 1;
    while (ord($packet[$at]) & 0x80) {
        $at++;
    }
    $rest = substr($packet, $at + 1);
    if (ord($packet[0]) >> 4 !== 3) {
        return [ord($packet[0]), bin2hex($rest)];
    }
    $topic = substr($rest, 2, $length = unpack('n', $rest)[1]);
    return ['publish', $topic, substr($rest, 2 + $length)];
}

final class Mqtt
{
    private Client $client;
    private int $id = 0;

    public function __construct(private int $port, array $settings = [])
    {
        $this->client = new Client(SWOOLE_SOCK_TCP);
        $this->client->set($settings + [
            Constant::OPTION_OPEN_MQTT_PROTOCOL => true,
            Constant::OPTION_PACKAGE_MAX_LENGTH => 100_000,
            'connect_timeout' => 1.0,
            'write_timeout' => 1.0,
            'read_timeout' => 5.0,
        ]);
        $this->connect();
    }

    public function connect(): void
    {
        if (!$this->client->connect('127.0.0.1', $this->port)) {
            throw new RuntimeException($this->client->errMsg, $this->client->errCode);
        }
        $this->client->send(packet(0x10, text('MQTT') . "\x04\x02\x00\x3c" . text('client')));
        echo 'connected ', json_encode(parse($this->client->recv())), "\n";
    }

    public function subscribe(string $topic): array
    {
        $this->client->send(packet(0x82, pack('n', ++$this->id) . text($topic) . "\x00"));
        return parse($this->client->recv());
    }

    public function publish(string $topic, string $message): void
    {
        $this->client->send(packet(0x30, text($topic) . $message));
    }

    /** A packet; true when nothing came; after an end it connects again. */
    public function recv(float $timeout = 0): array|bool
    {
        $packet = $this->client->recv($timeout);
        if ($packet === '' || !$this->client->isConnected()) {
            $this->client->close();
            $this->connect();
            return true;
        }
        if ($packet === false) {
            return $this->client->errCode === SOCKET_ETIMEDOUT
                ?: throw new RuntimeException($this->client->errMsg, $this->client->errCode);
        }
        return parse($packet);
    }

    public function send(string $bytes): void
    {
        $this->client->send($bytes);
    }

    public function close(): void
    {
        $this->client->send(packet(0xe0));
        $this->client->close();
    }
}

function serve(Connection $connection): void
{
    while (($packet = $connection->recv()) !== '' && $packet !== false) {
        switch (ord($packet[0]) >> 4) {
            case 1:
                $connection->send(packet(0x20, "\x00\x00"));
                break;
            case 8:
                $connection->send(packet(0x90, substr($packet, 2, 2) . "\x00"));
                break;
            case 3:
                [, $topic, $message] = parse($packet);
                if ($topic === 'parts') {
                    foreach (str_split(packet(0x30, text($topic) . $message), 1) as $byte) {
                        $connection->send($byte);
                        Coroutine::sleep(0.001);
                    }
                } elseif ($topic === 'together') {
                    $connection->send($packet . packet(0xd0) . $packet);
                } elseif ($topic === 'end') {
                    break 2;
                } elseif ($topic === 'malformed') {
                    $connection->send("\x30\xff\xff\xff\xff\x00");
                } elseif ($topic === 'large') {
                    $connection->send("\x30\xff\xff\xff\x7f");
                } else {
                    $connection->send($packet);
                }
                break;
            case 12:
                $connection->send(packet(0xd0));
                break;
            case 14:
                echo "goodbye\n";
                break 2;
        }
    }
    $connection->close();
}

run(function () {
    $server = new Server('127.0.0.1');
    $server->set(['open_mqtt_protocol' => true]);
    $server->handle('serve');
    go(fn () => $server->start());
    $client = new Mqtt($server->port);
    echo json_encode($client->subscribe('news/#')), "\n";
    var_dump($client->recv(0.01));
    foreach ([0, 110, 128, 16_384, 70_000] as $length) {
        $client->publish('echo', str_repeat('x', $length));
        [$type, $topic, $message] = $client->recv();
        echo "$type $topic ", strlen($message), "\n";
    }
    $client->send(packet(0xc0) . packet(0xc0));
    echo json_encode([$client->recv(), $client->recv()]), "\n";
    $client->publish('parts', 'some');
    while (($got = $client->recv(0.003)) === true);
    echo json_encode($got), "\n";
    $client->publish('together', 'two');
    echo json_encode([$client->recv(), $client->recv(), $client->recv()]), "\n";
    $client->publish('end', '');
    var_dump($client->recv());
    $client->publish('large', '');
    try {
        $client->recv();
    } catch (RuntimeException $e) {
        echo $e->getCode() === SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE ? "too large\n" : $e;
    }
    $client->close();
    $client = new Mqtt($server->port);
    $client->publish('malformed', '');
    var_dump($client->recv());
    $client->close();
    $server->shutdown();
});
?>
--EXPECT--
connected [32,"0000"]
[144,"000100"]
bool(true)
publish echo 0
publish echo 110
publish echo 128
publish echo 16384
publish echo 70000
[[208,""],[208,""]]
["publish","parts","some"]
[["publish","together","two"],[208,""],["publish","together","two"]]
connected [32,"0000"]
bool(true)
too large
goodbye
connected [32,"0000"]
connected [32,"0000"]
bool(true)
goodbye
