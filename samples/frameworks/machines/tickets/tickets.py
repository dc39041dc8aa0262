"""Sells tickets."""

import os

import requests
from dotenv import load_dotenv
from flask import Flask, jsonify
from kafka import KafkaProducer

load_dotenv()
app = Flask(__name__)
producer = None


def sell(seat: str) -> None:
    global producer
    producer = producer or KafkaProducer(bootstrap_servers="kafka:9092")
    producer.send(os.environ["SOLD_TOPIC"], seat.encode())  # flow: publish kafka ticket.sold


@app.post("/tickets/<seat>")  # flow: serve http POST /tickets/{} handler=ticket
def ticket(seat: str):
    sell(seat)
    return jsonify({"seat": seat})


@app.get("/offers")  # flow: serve http GET /offers handler=offers
def offers():
    snacks = requests.get(f"{os.environ['SNACKS_URL']}/snacks", timeout=2)  # flow: call http GET /snacks -> snacks
    return jsonify(snacks.json())
