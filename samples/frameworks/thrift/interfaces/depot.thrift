service Depot {
    i32 free_bays(1: string site)
    string park(1: string site, 2: string lorry)
}
