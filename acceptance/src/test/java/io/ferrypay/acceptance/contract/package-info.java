/** What every payment channel has to do, run against every one of them on the running platform. */
package io.ferrypay.acceptance.contract;
