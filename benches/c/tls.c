/* The floor of TLS: a message there and back by OpenSSL, with both ends in one process. As floor.c. */
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include "measure.h"

#define SIZE 64

static SSL *ends[2];
static char text[SIZE], received[SIZE];

static void clean_up(void)
{
}

static void round_trips(long count)
{
	for (long i = 0; i < count; i++) {
		for (int from = 0; from < 2; from++) {
			if (SSL_write(ends[from], text, SIZE) != SIZE) die("SSL_write");
			if (SSL_read(ends[1 - from], received, SIZE) != SIZE) die("SSL_read");
		}
	}
}

int main(int argc, char **argv)
{
	if (argc != 3) return 2;
	SSL_CTX *server = SSL_CTX_new(TLS_server_method()), *client = SSL_CTX_new(TLS_client_method());
	EVP_PKEY *key = EVP_RSA_gen(2048);
	X509 *certificate = X509_new();
	X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
	X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
	X509_set_pubkey(certificate, key);
	X509_sign(certificate, key, EVP_sha256());
	if (!SSL_CTX_use_certificate(server, certificate) || !SSL_CTX_use_PrivateKey(server, key)) die("certificate");

	int fds[2];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0) die("socketpair");
	for (int i = 0; i < 2; i++) {
		fcntl(fds[i], F_SETFL, O_NONBLOCK);
		ends[i] = SSL_new(i ? server : client);
		SSL_set_fd(ends[i], fds[i]);
	}
	SSL_set_connect_state(ends[0]);
	SSL_set_accept_state(ends[1]);
	for (int done = 0; done != 3;) {
		for (int i = 0; i < 2; i++) {
			if (SSL_do_handshake(ends[i]) == 1) done |= 1 << i;
		}
	}
	for (int i = 0; i < 2; i++) fcntl(fds[i], F_SETFL, 0);
	measure(number(argv[1]), number(argv[2]), round_trips);
	return 0;
}
