// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "entryclass.h"

#include "debug.h"

#define NAME "org/ferrohsm/bridge/EntryPoint"

/* Prints the pending exception's toString() and clears it. */
static void explain(JNIEnv *env, const char *what)
{
    jthrowable thrown = (*env)->ExceptionOccurred(env);
    if (thrown == NULL) {
        return;
    }
    (*env)->ExceptionClear(env);
    if (debug_wanted()) {
        jclass type = (*env)->GetObjectClass(env, thrown);
        jmethodID to_string = (*env)->GetMethodID(env, type, "toString", "()Ljava/lang/String;");
        jstring text = to_string == NULL ? NULL : (*env)->CallObjectMethod(env, thrown, to_string);
        const char *bytes = text == NULL ? NULL : (*env)->GetStringUTFChars(env, text, NULL);
        debug("%s: %s", what, bytes == NULL ? "no description" : bytes);
        if (bytes != NULL) {
            (*env)->ReleaseStringUTFChars(env, text, bytes);
        }
        (*env)->ExceptionClear(env);
        (*env)->DeleteLocalRef(env, text);
        (*env)->DeleteLocalRef(env, type);
    }
    (*env)->DeleteLocalRef(env, thrown);
}

/*
 * new URLClassLoader(new URL[] {new File(jar).toURI().toURL()}, ClassLoader.getPlatformClassLoader()).loadClass(NAME): in a JVM that is
 * not ours the classes come from our jars, whatever its class path holds. NULL, with an exception pending, if any step fails.
 */
static jclass load_from(JNIEnv *env, const char *jar)
{
    jclass file = (*env)->FindClass(env, "java/io/File");
    jclass uri = file == NULL ? NULL : (*env)->FindClass(env, "java/net/URI");
    jclass url = uri == NULL ? NULL : (*env)->FindClass(env, "java/net/URL");
    jclass loader = url == NULL ? NULL : (*env)->FindClass(env, "java/lang/ClassLoader");
    jclass url_loader = loader == NULL ? NULL : (*env)->FindClass(env, "java/net/URLClassLoader");
    jstring path = url_loader == NULL ? NULL : (*env)->NewStringUTF(env, jar);
    jstring name = path == NULL ? NULL : (*env)->NewStringUTF(env, "org.ferrohsm.bridge.EntryPoint");
    if (name == NULL) {
        return NULL;
    }
    jmethodID new_file = (*env)->GetMethodID(env, file, "<init>", "(Ljava/lang/String;)V");
    jmethodID to_uri = (*env)->GetMethodID(env, file, "toURI", "()Ljava/net/URI;");
    jmethodID to_url = (*env)->GetMethodID(env, uri, "toURL", "()Ljava/net/URL;");
    jmethodID platform =
        (*env)->GetStaticMethodID(env, loader, "getPlatformClassLoader", "()Ljava/lang/ClassLoader;");
    jmethodID new_loader =
        (*env)->GetMethodID(env, url_loader, "<init>", "([Ljava/net/URL;Ljava/lang/ClassLoader;)V");
    jmethodID load = (*env)->GetMethodID(env, loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
    if ((*env)->ExceptionCheck(env)) {
        return NULL;
    }
    jobject as_file = (*env)->NewObject(env, file, new_file, path);
    jobject as_uri = as_file == NULL ? NULL : (*env)->CallObjectMethod(env, as_file, to_uri);
    jobject as_url = as_uri == NULL ? NULL : (*env)->CallObjectMethod(env, as_uri, to_url);
    jobjectArray urls = as_url == NULL ? NULL : (*env)->NewObjectArray(env, 1, url, as_url);
    jobject parent = urls == NULL ? NULL : (*env)->CallStaticObjectMethod(env, loader, platform);
    jobject own = parent == NULL ? NULL : (*env)->NewObject(env, url_loader, new_loader, urls, parent);
    return own == NULL ? NULL : (*env)->CallObjectMethod(env, own, load, name);
}

static bool find(struct entry_class *entry, JNIEnv *env, const char *jar)
{
    jclass type = jar == NULL ? (*env)->FindClass(env, NAME) : load_from(env, jar);
    if (type == NULL) {
        return false;
    }
    entry->call = (*env)->GetStaticMethodID(env, type, "call", "(Ljava/nio/ByteBuffer;I)I");
    entry->fetch = entry->call == NULL ? NULL : (*env)->GetStaticMethodID(env, type, "fetch", "(Ljava/nio/ByteBuffer;)I");
    jmethodID complete = entry->fetch == NULL ? NULL : (*env)->GetStaticMethodID(env, type, "isComplete", "()Z");
    jclass error = complete == NULL ? NULL : (*env)->FindClass(env, "java/lang/OutOfMemoryError");
    if (error == NULL) {
        return false;
    }
    entry->complete = jar == NULL || (*env)->CallStaticBooleanMethod(env, type, complete);
    entry->type = (*env)->NewGlobalRef(env, type);
    entry->out_of_memory = (*env)->NewGlobalRef(env, error);
    return entry->type != NULL && entry->out_of_memory != NULL;
}

bool entry_class_find(struct entry_class *entry, JNIEnv *env, const char *jar)
{
    /* The caller's thread may never return to Java, so its local references are freed here. */
    if ((*env)->PushLocalFrame(env, 32) != JNI_OK) {
        explain(env, "no memory in the JVM");
        return false;
    }
    bool found = find(entry, env, jar);
    explain(env, "cannot load the Java part");
    (*env)->PopLocalFrame(env, NULL);
    return found;
}

bool entry_class_report(const struct entry_class *entry, JNIEnv *env)
{
    jthrowable thrown = (*env)->ExceptionOccurred(env);
    bool memory = thrown != NULL && (*env)->IsInstanceOf(env, thrown, entry->out_of_memory);
    (*env)->DeleteLocalRef(env, thrown);
    explain(env, "the Java part failed");
    return memory;
}
