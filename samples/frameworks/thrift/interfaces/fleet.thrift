service Fleet {
    list<string> lorries()
    string driver_of(1: string lorry)
}
