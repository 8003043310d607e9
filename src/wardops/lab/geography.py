"""Regions and towns of Georgia, in both scripts, with coordinates (degrees, WGS 84)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Town:
    """A town, how many of the bank's branches it has, and where it lies."""

    name: str
    name_ka: str
    region: str
    latitude: float
    longitude: float
    branches: int


REGIONS = (
    "Tbilisi",
    "Adjara",
    "Imereti",
    "Kakheti",
    "Kvemo Kartli",
    "Samegrelo-Zemo Svaneti",
    "Shida Kartli",
    "Samtskhe-Javakheti",
    "Guria",
    "Mtskheta-Mtianeti",
    "Racha-Lechkhumi",
)

TOWNS = (
    Town("Tbilisi", "თბილისი", "Tbilisi", 41.7151, 44.8271, 40),
    Town("Batumi", "ბათუმი", "Adjara", 41.6168, 41.6367, 10),
    Town("Kobuleti", "ქობულეთი", "Adjara", 41.8214, 41.7792, 2),
    Town("Khelvachauri", "ხელვაჩაური", "Adjara", 41.5858, 41.6689, 1),
    Town("Kutaisi", "ქუთაისი", "Imereti", 42.2679, 42.6946, 9),
    Town("Zestaponi", "ზესტაფონი", "Imereti", 42.1100, 43.0525, 2),
    Town("Samtredia", "სამტრედია", "Imereti", 42.1537, 42.3352, 2),
    Town("Chiatura", "ჭიათურა", "Imereti", 42.2903, 43.2828, 1),
    Town("Khoni", "ხონი", "Imereti", 42.3230, 42.4220, 1),
    Town("Sachkhere", "საჩხერე", "Imereti", 42.3450, 43.4190, 1),
    Town("Telavi", "თელავი", "Kakheti", 41.9198, 45.4731, 4),
    Town("Gurjaani", "გურჯაანი", "Kakheti", 41.7440, 45.8010, 2),
    Town("Sagarejo", "საგარეჯო", "Kakheti", 41.7340, 45.3310, 1),
    Town("Lagodekhi", "ლაგოდეხი", "Kakheti", 41.8260, 46.2760, 1),
    Town("Signagi", "სიღნაღი", "Kakheti", 41.6180, 45.9220, 1),
    Town("Rustavi", "რუსთავი", "Kvemo Kartli", 41.5495, 44.9932, 7),
    Town("Marneuli", "მარნეული", "Kvemo Kartli", 41.4750, 44.8090, 2),
    Town("Gardabani", "გარდაბანი", "Kvemo Kartli", 41.4610, 45.0930, 1),
    Town("Bolnisi", "ბოლნისი", "Kvemo Kartli", 41.4470, 44.5380, 1),
    Town("Zugdidi", "ზუგდიდი", "Samegrelo-Zemo Svaneti", 42.5088, 41.8709, 5),
    Town("Poti", "ფოთი", "Samegrelo-Zemo Svaneti", 42.1462, 41.6719, 3),
    Town("Senaki", "სენაკი", "Samegrelo-Zemo Svaneti", 42.2700, 42.0670, 2),
    Town("Mestia", "მესტია", "Samegrelo-Zemo Svaneti", 43.0450, 42.7290, 1),
    Town("Gori", "გორი", "Shida Kartli", 41.9842, 44.1158, 5),
    Town("Khashuri", "ხაშური", "Shida Kartli", 41.9940, 43.5990, 2),
    Town("Kaspi", "კასპი", "Shida Kartli", 41.9250, 44.4230, 1),
    Town("Akhaltsikhe", "ახალციხე", "Samtskhe-Javakheti", 41.6390, 42.9826, 3),
    Town("Borjomi", "ბორჯომი", "Samtskhe-Javakheti", 41.8389, 43.3792, 2),
    Town("Akhalkalaki", "ახალქალაქი", "Samtskhe-Javakheti", 41.4050, 43.4860, 1),
    Town("Ozurgeti", "ოზურგეთი", "Guria", 41.9240, 42.0070, 3),
    Town("Lanchkhuti", "ლანჩხუთი", "Guria", 42.0900, 42.0360, 1),
    Town("Mtskheta", "მცხეთა", "Mtskheta-Mtianeti", 41.8450, 44.7190, 3),
    Town("Dusheti", "დუშეთი", "Mtskheta-Mtianeti", 42.0860, 44.6960, 1),
    Town("Stepantsminda", "სტეფანწმინდა", "Mtskheta-Mtianeti", 42.6570, 44.6430, 1),
    Town("Ambrolauri", "ამბროლაური", "Racha-Lechkhumi", 42.5210, 43.1510, 2),
    Town("Oni", "ონი", "Racha-Lechkhumi", 42.5790, 43.4430, 1),
    Town("Tsageri", "ცაგერი", "Racha-Lechkhumi", 42.6480, 42.7700, 2),
)
