package io.ferrypay.merchant.merchant;

import org.springframework.data.jpa.repository.JpaRepository;

/** All merchants ever taken on. */
interface Merchants extends JpaRepository<Merchant, String> {}
