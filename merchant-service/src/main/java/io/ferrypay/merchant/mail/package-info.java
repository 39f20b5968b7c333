/** Mails to people: kept until they are sent, sent by SMTP or into a folder. */
@NullMarked
package io.ferrypay.merchant.mail;

import org.jspecify.annotations.NullMarked;
