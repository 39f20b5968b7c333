package io.ferrypay.merchant.merchant;

import org.springframework.data.repository.ListCrudRepository;

/** All merchants ever taken on. */
interface Merchants extends ListCrudRepository<Merchant, String> {}
