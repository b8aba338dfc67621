/* SPDX-FileCopyrightText: The FerroHSM authors
 * SPDX-License-Identifier: Apache-2.0 */
/*
 * p11bench - times PKCS#11 modules side by side through the public C API.
 *
 * Every operation is run on module A and module B in turn, in short slices, in one process, so that the
 * ratio A/B holds when the machine's speed drifts. A value above 1.00 means that A is the faster one.
 *
 *   build: cc -O2 -pthread -I/usr/include/p11-kit-1 p11bench.c -o p11bench -ldl      (Debian: libp11-kit-dev)
 *   run:   p11bench [-c] [-s SECONDS] [-t THREADS] [-o OP[,OP...]] [-n OBJECTS] A.so:SLOTLABEL:PIN [B.so:SLOTLABEL:PIN]
 *
 * -c counts seconds of the process's processor time, all threads of a module included: for machines that others use too, and
 * for modules that work in this process.
 *
 * Output: one line per operation: name, A ops/s, B ops/s, ratio. An operation a module refuses prints its CKR code.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#define CRYPTOKI_GNU 1
#include <p11-kit/pkcs11.h>

#ifndef CKM_EDDSA
#define CKM_EDDSA 0x1057UL
#endif
#ifndef CKM_EC_EDWARDS_KEY_PAIR_GEN
#define CKM_EC_EDWARDS_KEY_PAIR_GEN 0x1055UL
#endif
#ifndef CKK_EC_EDWARDS
#define CKK_EC_EDWARDS 0x40UL
#endif

typedef struct { unsigned char *iv; unsigned long iv_len, iv_bits; unsigned char *aad; unsigned long aad_len, tag_bits; } gcm_params;

typedef struct {
    const char *path, *label, *pin;
    struct ck_function_list *f;
    ck_slot_id_t slot;
    ck_session_handle_t s;
    double init_ms, login_ms;
    ck_object_handle_t rsa, rsa_pub, p256, p256_pub, p384, ed, aes, hmac;
} module;

static double seconds = 1.0;
static int threads = 1;
static int objects = 2000;
static const unsigned char oid_p256[] = {0x06,0x08,0x2a,0x86,0x48,0xce,0x3d,0x03,0x01,0x07};
static const unsigned char oid_p384[] = {0x06,0x05,0x2b,0x81,0x04,0x00,0x22};
static const unsigned char oid_ed[]   = {0x13,0x0c,'e','d','w','a','r','d','s','2','5','5','1','9'};
static const unsigned char oid_ed2[]  = {0x06,0x03,0x2b,0x65,0x70};
static unsigned char yes = 1, no = 0;

static clockid_t watch = CLOCK_MONOTONIC;
static double now(void) { struct timespec t; clock_gettime(watch, &t); return t.tv_sec + t.tv_nsec / 1e9; }
static void die(const char *what, ck_rv_t rv) { fprintf(stderr, "%s: CKR 0x%lx\n", what, rv); exit(2); }

static ck_rv_t ec_pair(module *m, const unsigned char *oid, size_t n, ck_mechanism_type_t mt, int token, ck_object_handle_t *pub, ck_object_handle_t *prv) {
    unsigned char tok = token;
    struct ck_mechanism mech = {mt, NULL, 0};
    struct ck_attribute a[] = {{CKA_EC_PARAMS, (void *)oid, n}, {CKA_TOKEN, &tok, 1}, {CKA_VERIFY, &yes, 1}};
    struct ck_attribute b[] = {{CKA_TOKEN, &tok, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_SENSITIVE, &yes, 1}, {CKA_SIGN, &yes, 1}};
    return m->f->C_GenerateKeyPair(m->s, &mech, a, 3, b, 4, pub, prv);
}
static ck_rv_t rsa_pair(module *m, ck_session_handle_t s, ck_object_handle_t *pub, ck_object_handle_t *prv) {
    unsigned long bits = 2048; unsigned char e[] = {1,0,1};
    struct ck_mechanism mech = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0};
    struct ck_attribute a[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}, {CKA_PUBLIC_EXPONENT, e, 3}, {CKA_TOKEN, &no, 1}, {CKA_VERIFY, &yes, 1}};
    struct ck_attribute b[] = {{CKA_TOKEN, &no, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_SENSITIVE, &yes, 1}, {CKA_SIGN, &yes, 1}};
    return m->f->C_GenerateKeyPair(s, &mech, a, 4, b, 4, pub, prv);
}
static void open_module(module *m) {
    void *h = dlopen(m->path, RTLD_NOW | RTLD_LOCAL);
    if (!h) { fprintf(stderr, "%s\n", dlerror()); exit(2); }
    ck_rv_t (*get)(struct ck_function_list **) = dlsym(h, "C_GetFunctionList");
    ck_rv_t rv = get(&m->f); if (rv) die("C_GetFunctionList", rv);
    struct ck_c_initialize_args args; memset(&args, 0, sizeof args); args.flags = CKF_OS_LOCKING_OK;
    double t = now(); rv = m->f->C_Initialize(&args); m->init_ms = (now() - t) * 1e3; if (rv) die("C_Initialize", rv);
    ck_slot_id_t slots[64]; unsigned long n = 64;
    if ((rv = m->f->C_GetSlotList(1, slots, &n))) die("C_GetSlotList", rv);
    int found = 0;
    for (unsigned long i = 0; i < n && !found; i++) {
        struct ck_token_info ti; if (m->f->C_GetTokenInfo(slots[i], &ti)) continue;
        size_t l = strlen(m->label);
        if (!memcmp(ti.label, m->label, l) && (l == 32 || ti.label[l] == ' ')) { m->slot = slots[i]; found = 1; }
    }
    if (!found) { fprintf(stderr, "%s: no token labelled '%s'\n", m->path, m->label); exit(2); }
    if ((rv = m->f->C_OpenSession(m->slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &m->s))) die("C_OpenSession", rv);
    t = now(); rv = m->f->C_Login(m->s, CKU_USER, (unsigned char *)m->pin, strlen(m->pin)); m->login_ms = (now() - t) * 1e3; if (rv) die("C_Login", rv);
    if ((rv = rsa_pair(m, m->s, &m->rsa_pub, &m->rsa))) fprintf(stderr, "%s rsa: 0x%lx\n", m->path, rv);
    if ((rv = ec_pair(m, oid_p256, sizeof oid_p256, CKM_EC_KEY_PAIR_GEN, 0, &m->p256_pub, &m->p256))) fprintf(stderr, "%s p256: 0x%lx\n", m->path, rv);
    ck_object_handle_t x;
    if ((rv = ec_pair(m, oid_p384, sizeof oid_p384, CKM_EC_KEY_PAIR_GEN, 0, &x, &m->p384))) fprintf(stderr, "%s p384: 0x%lx\n", m->path, rv);
    if ((rv = ec_pair(m, oid_ed2, sizeof oid_ed2, CKM_EC_EDWARDS_KEY_PAIR_GEN, 0, &x, &m->ed)) &&
        (rv = ec_pair(m, oid_ed, sizeof oid_ed, CKM_EC_EDWARDS_KEY_PAIR_GEN, 0, &x, &m->ed))) fprintf(stderr, "%s ed25519: 0x%lx\n", m->path, rv);
    unsigned long len = 32, kt = CKK_GENERIC_SECRET, cls = CKO_SECRET_KEY;
    struct ck_mechanism kg = {CKM_AES_KEY_GEN, NULL, 0};
    struct ck_attribute k[] = {{CKA_VALUE_LEN, &len, sizeof len}, {CKA_TOKEN, &no, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_ENCRYPT, &yes, 1}, {CKA_DECRYPT, &yes, 1}};
    if ((rv = m->f->C_GenerateKey(m->s, &kg, k, 5, &m->aes))) fprintf(stderr, "%s aes: 0x%lx\n", m->path, rv);
    unsigned char v[32]; memset(v, 7, sizeof v);
    struct ck_attribute g[] = {{CKA_CLASS, &cls, sizeof cls}, {CKA_KEY_TYPE, &kt, sizeof kt}, {CKA_TOKEN, &no, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_SIGN, &yes, 1}, {CKA_VALUE, v, 32}};
    if ((rv = m->f->C_CreateObject(m->s, g, 6, &m->hmac))) fprintf(stderr, "%s hmac: 0x%lx\n", m->path, rv);
}

typedef struct { module *m; ck_session_handle_t s; unsigned char in[65536], out[66000], iv[16]; unsigned long ctr; } ctx;
typedef ck_rv_t (*op)(ctx *);

static ck_rv_t sign(ctx *c, ck_mechanism_type_t mt, ck_object_handle_t k, unsigned long n) {
    struct ck_mechanism mech = {mt, NULL, 0}; unsigned long o = 1024;
    if (!k) return CKR_KEY_HANDLE_INVALID;
    ck_rv_t rv = c->m->f->C_SignInit(c->s, &mech, k); if (rv) return rv;
    return c->m->f->C_Sign(c->s, c->in, n, c->out, &o);
}
static ck_rv_t o_rsa(ctx *c)  { return sign(c, CKM_SHA256_RSA_PKCS, c->m->rsa, 32); }
static ck_rv_t o_p256(ctx *c) { return sign(c, CKM_ECDSA, c->m->p256, 32); }
static ck_rv_t o_p384(ctx *c) { return sign(c, CKM_ECDSA, c->m->p384, 48); }
static ck_rv_t o_ed(ctx *c)   { return sign(c, CKM_EDDSA, c->m->ed, 32); }
static ck_rv_t o_hmac(ctx *c) { return sign(c, CKM_SHA256_HMAC, c->m->hmac, 1024); }
static ck_rv_t gcm(ctx *c, unsigned long n) {
    c->ctr++; memcpy(c->iv, &c->ctr, 8);
    gcm_params p = {c->iv, 12, 96, NULL, 0, 128}; struct ck_mechanism mech = {CKM_AES_GCM, &p, sizeof p}; unsigned long o = sizeof c->out;
    ck_rv_t rv = c->m->f->C_EncryptInit(c->s, &mech, c->m->aes); if (rv) return rv;
    return c->m->f->C_Encrypt(c->s, c->in, n, c->out, &o);
}
static ck_rv_t o_gcm1(ctx *c)  { return gcm(c, 1024); }
static ck_rv_t o_gcm16(ctx *c) { return gcm(c, 16384); }
static ck_rv_t cbc(ctx *c, unsigned long n) {
    struct ck_mechanism mech = {CKM_AES_CBC_PAD, c->iv, 16}; unsigned long o = sizeof c->out;
    ck_rv_t rv = c->m->f->C_EncryptInit(c->s, &mech, c->m->aes); if (rv) return rv;
    return c->m->f->C_Encrypt(c->s, c->in, n, c->out, &o);
}
static ck_rv_t o_cbc1(ctx *c)  { return cbc(c, 1024); }
static ck_rv_t o_sha(ctx *c) {
    struct ck_mechanism mech = {CKM_SHA256, NULL, 0}; unsigned long o = 64;
    ck_rv_t rv = c->m->f->C_DigestInit(c->s, &mech); if (rv) return rv;
    return c->m->f->C_Digest(c->s, c->in, 1024, c->out, &o);
}
static ck_rv_t o_rand(ctx *c) { return c->m->f->C_GenerateRandom(c->s, c->out, 32); }
static ck_rv_t o_ses(ctx *c)  {
    ck_session_handle_t s; ck_rv_t rv = c->m->f->C_OpenSession(c->m->slot, CKF_SERIAL_SESSION, NULL, NULL, &s);
    return rv ? rv : c->m->f->C_CloseSession(s);
}
static ck_rv_t o_info(ctx *c) { struct ck_session_info i; return c->m->f->C_GetSessionInfo(c->s, &i); }      /* the way there and back alone */
static ck_rv_t o_gen_ses(ctx *c) {
    ck_object_handle_t a, b; ck_rv_t rv = ec_pair(c->m, oid_p256, sizeof oid_p256, CKM_EC_KEY_PAIR_GEN, 0, &a, &b);
    if (rv) return rv;
    c->m->f->C_DestroyObject(c->m->s, a); return c->m->f->C_DestroyObject(c->m->s, b);
}
static ck_rv_t o_gen_tok(ctx *c) {
    ck_object_handle_t a, b; ck_rv_t rv = ec_pair(c->m, oid_p256, sizeof oid_p256, CKM_EC_KEY_PAIR_GEN, 1, &a, &b);
    if (rv) return rv;
    c->m->f->C_DestroyObject(c->m->s, a); return c->m->f->C_DestroyObject(c->m->s, b);
}
static ck_rv_t o_gen_rsa(ctx *c) {
    ck_object_handle_t a, b; ck_rv_t rv = rsa_pair(c->m, c->s, &a, &b);
    if (rv) return rv;
    c->m->f->C_DestroyObject(c->s, a); return c->m->f->C_DestroyObject(c->s, b);
}
static ck_rv_t create(module *m, int i, int token) {
    unsigned long cls = CKO_SECRET_KEY, kt = CKK_GENERIC_SECRET; unsigned char v[16] = {1}, tok = token; ck_object_handle_t h;
    char id[32]; int n = snprintf(id, sizeof id, "bench-%08d", i);
    struct ck_attribute g[] = {{CKA_CLASS, &cls, sizeof cls}, {CKA_KEY_TYPE, &kt, sizeof kt}, {CKA_TOKEN, &tok, 1}, {CKA_PRIVATE, &yes, 1},
                               {CKA_LABEL, id, n}, {CKA_ID, id, n}, {CKA_VALUE, v, 16}};
    return m->f->C_CreateObject(m->s, g, 7, &h);
}
static ck_rv_t o_find(ctx *c) {
    char id[32]; int n = snprintf(id, sizeof id, "bench-%08d", (int)((c->ctr++ * 7919) % objects)); ck_object_handle_t h[4]; unsigned long k = 0;
    struct ck_attribute t[] = {{CKA_ID, id, n}};
    ck_rv_t rv = c->m->f->C_FindObjectsInit(c->s, t, 1); if (rv) return rv;
    rv = c->m->f->C_FindObjects(c->s, h, 4, &k); c->m->f->C_FindObjectsFinal(c->s);
    return rv ? rv : k == 1 ? CKR_OK : CKR_OBJECT_HANDLE_INVALID;
}

static const struct { const char *name; op f; int mt; } ops[] = {
    {"sign_rsa2048", o_rsa, 1}, {"sign_p256", o_p256, 1}, {"sign_p384", o_p384, 1}, {"sign_ed25519", o_ed, 1}, {"hmac_sha256_1k", o_hmac, 1},
    {"gcm_1k", o_gcm1, 1}, {"gcm_16k", o_gcm16, 1}, {"cbcpad_1k", o_cbc1, 1}, {"sha256_1k", o_sha, 1}, {"random_32", o_rand, 1}, {"open_session", o_ses, 1}, {"session_info", o_info, 1},
    {"gen_p256_session", o_gen_ses, 0}, {"gen_p256_token", o_gen_tok, 0}, {"gen_rsa2048", o_gen_rsa, 0}};

typedef struct { ctx *c; op f; double until; long n; ck_rv_t rv; } job;
static void *work(void *p) { job *j = p; while (now() < j->until) { if ((j->rv = j->f(j->c))) break; j->n++; } return NULL; }

static double slice(ctx *cs, op f, double secs, int n, ck_rv_t *rv) {
    job j[64]; pthread_t t[64]; double t0 = now(); long total = 0; *rv = 0;
    for (int i = 0; i < n; i++) { j[i] = (job){&cs[i], f, t0 + secs, 0, 0}; if (n > 1) pthread_create(&t[i], NULL, work, &j[i]); }
    if (n == 1) work(&j[0]);
    for (int i = 0; i < n; i++) { if (n > 1) pthread_join(t[i], NULL); total += j[i].n; if (j[i].rv) *rv = j[i].rv; }
    return total / (now() - t0);
}
static int cmp(const void *a, const void *b) { double x = *(double *)a, y = *(double *)b; return x < y ? -1 : x > y; }
static int wanted(const char *list, const char *name) {
    if (!list) return 1;
    size_t l = strlen(name); const char *p = list;
    while ((p = strstr(p, name))) { if ((p == list || p[-1] == ',') && (p[l] == 0 || p[l] == ',')) return 1; p += l; }
    return 0;
}
static void compare(const char *name, op f, module *m, ctx **cs, int nm, int th) {
    double r[2][5]; ck_rv_t rv[2] = {0, 0}; int rounds = 5;
    for (int k = 0; k < nm; k++) { slice(cs[k], f, seconds * 0.6, th, &rv[k]); }          /* warm-up: lets a JIT settle */
    for (int i = 0; i < rounds; i++) for (int k = 0; k < nm; k++) { r[k][i] = rv[k] ? 0 : slice(cs[k], f, seconds / rounds, th, &rv[k]); }
    double med[2] = {0, 0}, ratio[5];
    if (nm == 2) for (int i = 0; i < rounds; i++) ratio[i] = r[1][i] > 0 ? r[0][i] / r[1][i] : 0;
    for (int k = 0; k < nm; k++) { qsort(r[k], rounds, sizeof(double), cmp); med[k] = r[k][rounds / 2]; }
    printf("%-20s t=%d", name, th);
    for (int k = 0; k < nm; k++) { if (rv[k]) printf("  %c: CKR 0x%-8lx", 'A' + k, rv[k]); else printf("  %c: %10.0f/s", 'A' + k, med[k]); }
    if (nm == 2 && !rv[0] && !rv[1]) { qsort(ratio, rounds, sizeof(double), cmp); printf("  ratio %.2f", ratio[rounds / 2]); }
    printf("\n"); fflush(stdout); (void)m;
}
int main(int argc, char **argv) {
    const char *list = NULL; int o;
    while ((o = getopt(argc, argv, "s:t:o:n:c")) != -1)
        switch (o) { case 's': seconds = atof(optarg); break; case 't': threads = atoi(optarg); break; case 'o': list = optarg; break; case 'n': objects = atoi(optarg); break; case 'c': watch = CLOCK_PROCESS_CPUTIME_ID; break; default: return 2; }
    int nm = argc - optind; if (nm < 1 || nm > 2 || threads < 1 || threads > 64) { fprintf(stderr, "usage: p11bench [-s S] [-t N] [-o OPS] [-n OBJECTS] A.so:LABEL:PIN [B.so:LABEL:PIN]\n"); return 2; }
    static module m[2]; ctx *cs[2];
    for (int k = 0; k < nm; k++) {
        char *spec = strdup(argv[optind + k]); m[k].path = strtok(spec, ":"); m[k].label = strtok(NULL, ":"); m[k].pin = strtok(NULL, ":");
        if (!m[k].pin) { fprintf(stderr, "module is PATH:LABEL:PIN\n"); return 2; }
        open_module(&m[k]); cs[k] = calloc(threads, sizeof(ctx));
        for (int i = 0; i < threads; i++) { cs[k][i].m = &m[k]; if (m[k].f->C_OpenSession(m[k].slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &cs[k][i].s)) die("C_OpenSession", 1); }
    }
    for (int k = 0; k < nm; k++) printf("%c = %s  C_Initialize %.1f ms  C_Login %.1f ms\n", 'A' + k, m[k].path, m[k].init_ms, m[k].login_ms);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) if (wanted(list, ops[i].name)) {
        compare(ops[i].name, ops[i].f, m, cs, nm, 1);
        if (ops[i].mt && threads > 1) compare(ops[i].name, ops[i].f, m, cs, nm, threads);
    }
    if (wanted(list, "objects")) {
        for (int token = 0; token < 2; token++) {
            double rate[2];
            for (int k = 0; k < nm; k++) { double t = now(); for (int i = 0; i < objects; i++) { ck_rv_t rv = create(&m[k], token ? i + objects : i, token); if (rv) die("create", rv); } rate[k] = objects / (now() - t); }
            printf("create_%s n=%d", token ? "token" : "session", objects); for (int k = 0; k < nm; k++) printf("  %c: %10.0f/s", 'A' + k, rate[k]);
            if (nm == 2) printf("  ratio %.2f", rate[0] / rate[1]);
            printf("\n"); fflush(stdout);
            compare(token ? "find_by_id_2n" : "find_by_id_n", o_find, m, cs, nm, 1);
        }
        for (int k = 0; k < nm; k++) {                                                     /* leave the token as it was */
            unsigned long cls = CKO_SECRET_KEY, kt = CKK_GENERIC_SECRET, n = 0; ck_object_handle_t h[256];
            struct ck_attribute t[] = {{CKA_CLASS, &cls, sizeof cls}, {CKA_KEY_TYPE, &kt, sizeof kt}, {CKA_TOKEN, &yes, 1}};
            do { n = 0; m[k].f->C_FindObjectsInit(m[k].s, t, 3); m[k].f->C_FindObjects(m[k].s, h, 256, &n); m[k].f->C_FindObjectsFinal(m[k].s);
                 for (unsigned long i = 0; i < n; i++) m[k].f->C_DestroyObject(m[k].s, h[i]); } while (n);
        }
    }
    for (int k = 0; k < nm; k++) m[k].f->C_Finalize(NULL);
    return 0;
}
