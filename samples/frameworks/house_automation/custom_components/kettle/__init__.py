"""The kettle."""

from homeassistant.components import mqtt
from homeassistant.core import Event, HomeAssistant, ServiceCall
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.helpers.typing import ConfigType

DOMAIN = "kettle"
HOT = f"{DOMAIN}_hot"


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    async def boil(call: ServiceCall) -> None:
        async_dispatcher_send(hass, HOT, call.data)  # flow: publish signal kettle_hot

    async def asked(message: mqtt.ReceiveMessage) -> None:
        await hass.services.async_call(DOMAIN, "boil", {"cups": message.payload})  # flow: publish signal kettle.boil

    async def tell(cups: object) -> None:
        await mqtt.async_publish(hass, "kettle/hot", str(cups))  # flow: publish mqtt kettle/hot

    async def stop(_event: Event) -> None:
        hass.states.async_set("kettle.kettle", "off")  # flow: nothing

    hass.services.async_register(DOMAIN, "boil", boil)  # flow: subscribe signal kettle.boil handler=boil
    async_dispatcher_connect(hass, HOT, tell)  # flow: subscribe signal kettle_hot handler=tell
    hass.bus.async_listen("homeassistant_stop", stop)  # flow: subscribe signal homeassistant_stop handler=stop
    await mqtt.async_subscribe(hass, "kettle/boil", asked)  # flow: subscribe mqtt kettle/boil handler=asked
    return bool(config)
