<?php

declare(strict_types=1);

namespace Swoole\Process\RedisQueue;

use Swoole\Coroutine;
use Swoole\Coroutine\Socket;

/**
 * @internal One connection. Its calls yield in coroutines, and block the process elsewhere. A process that inherits it
 * only closes its copies of the descriptor.
 */
final class Connection
{
    private Socket $socket;
    private Reader $reader;
    /** By this number the server knows the connection; 0 if the user may not ask for it. */
    public readonly int $id;

    /** @param array<string, mixed> $options those of the queue */
    public function __construct(private readonly array $options)
    {
        $this->reader = new Reader();
        $this->connect();
        $greeting = [['CLIENT', 'ID']];
        if ($options['database'] !== 0) {
            array_unshift($greeting, ['SELECT', (string) $options['database']]);
        }
        if ($options['password'] !== '' || $options['user'] !== '') {
            $user = $options['user'] === '' ? [] : [$options['user']];
            array_unshift($greeting, ['AUTH', ...$user, $options['password']]);
        }
        $this->send($greeting);
        foreach ($greeting as [$command]) {
            $reply = $this->reply();
            if ($command !== 'CLIENT' && $reply instanceof ServerError) {
                throw $reply->is('LOADING', 'MASTERDOWN', 'BUSY') ? new ConnectionException($reply->text) : new Exception($reply->text);
            }
        }
        $this->id = is_int($reply) ? $reply : 0;
    }

    private function connect(): void
    {
        ['host' => $host, 'port' => $port, 'path' => $path, 'tls' => $tls, 'timeout' => $timeout] = $this->options;
        $address = $path !== '' ? $path : self::address($host);
        $family = $path !== '' ? AF_UNIX : (str_contains($address, ':') ? AF_INET6 : AF_INET);
        $this->socket = new Socket($family, SOCK_STREAM);
        $this->socket->setBlocking();
        if ($tls !== false) {
            $settings = ['open_ssl' => true] + (is_array($tls) ? $tls : []);
            $settings += ['ssl_verify_peer' => true] + ($path === '' ? ['ssl_host_name' => $host] : []);
            // A password must not go out without TLS.
            $this->socket->setProtocol($settings) || throw new Exception('the settings of TLS are not valid');
        }
        if (!$this->socket->connect($address, $path === '' ? $port : 0, $timeout)) {
            $place = $path === '' ? "$host:$port" : $path;
            throw new ConnectionException("cannot connect to $place: {$this->socket->errMsg}", $this->socket->errCode);
        }
        if ($path === '') {
            $this->socket->setOption(SOL_TCP, TCP_NODELAY, 1);
        }
    }

    /** Sockets look up names themselves, but only in coroutines. */
    private static function address(string $host): string
    {
        if (Coroutine::getCid() > 0 || preg_match('/^[\d.]+$|:/', $host)) {
            return $host;
        }
        $address = gethostbyname($host);
        if ($address === $host) {
            throw new ConnectionException("cannot connect to $host: the name is not known");
        }
        return $address;
    }

    /** The monotonic clock in seconds. */
    public static function now(): float
    {
        return hrtime(true) / 1e9;
    }

    /** @param list<list<string>> $commands */
    public function send(array $commands): void
    {
        $bytes = '';
        foreach ($commands as $words) {
            $bytes .= '*' . count($words) . "\r\n";
            foreach ($words as $word) {
                $bytes .= '$' . strlen($word) . "\r\n$word\r\n";
            }
        }
        if ($this->socket->sendAll($bytes, $this->options['timeout']) !== strlen($bytes)) {
            $this->fail('send to');
        }
    }

    /** Waits for a reply. A signal handler runs, and does not end the wait. */
    public function reply(): mixed
    {
        $latest = self::now() + $this->options['timeout'];
        while (!$this->receive($latest, $latest, $reply));
        return $reply;
    }

    /** Waits for a reply until a moment. False when it has passed, or a signal has ended the wait. */
    public function receive(float $until, float $latest, mixed &$reply): bool
    {
        while (!$this->reader->next($reply)) {
            $now = self::now();
            if ($now >= $latest) {
                throw new ConnectionException('the server does not answer', SOCKET_ETIMEDOUT);
            }
            if ($now >= $until) {
                return false;
            }
            $bytes = $this->socket->recv(65536, min($until, $latest) - $now);
            if ($bytes === '') {
                throw new ConnectionException('the server has closed the connection');
            }
            if ($bytes !== false) {
                $this->reader->feed($bytes);
            } elseif ($this->socket->errCode === SOCKET_EINTR) {
                return false;
            } elseif ($this->socket->errCode !== SOCKET_ETIMEDOUT) {
                $this->fail('receive from');
            }
        }
        return true;
    }

    /** Whether it may be used: the server has neither closed it nor sent anything. */
    public function isAlive(): bool
    {
        return $this->socket->checkLiveness();
    }

    private function fail(string $what): never
    {
        throw new ConnectionException("cannot $what the server: {$this->socket->errMsg}", $this->socket->errCode);
    }
}
