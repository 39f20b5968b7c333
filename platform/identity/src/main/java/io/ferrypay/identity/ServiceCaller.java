package io.ferrypay.identity;

/** A service of the platform that calls another, under its application name. */
public record ServiceCaller(String name) {}
