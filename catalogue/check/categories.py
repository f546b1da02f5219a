"""Apple's categories: the list in force, and the names it replaced in 2019."""

from __future__ import annotations

# Apple, "Podcast categories": 19 categories, case and ampersands matter.
CATEGORIES: dict[str, frozenset[str]] = {
    name: frozenset(part.strip() for part in subcategories.split(",") if part.strip())
    for name, subcategories in {
        "Arts": "Books, Design, Fashion & Beauty, Food, Performing Arts, Visual Arts",
        "Business": "Careers, Entrepreneurship, Investing, Management, Marketing, Non-Profit",
        "Comedy": "Comedy Interviews, Improv, Stand-Up",
        "Education": "Courses, How To, Language Learning, Self-Improvement",
        "Fiction": "Comedy Fiction, Drama, Science Fiction",
        "Government": "",
        "Health & Fitness": "Alternative Health, Fitness, Medicine, Mental Health, Nutrition, Sexuality",
        "History": "",
        "Kids & Family": "Education for Kids, Parenting, Pets & Animals, Stories for Kids",
        "Leisure": "Animation & Manga, Automotive, Aviation, Crafts, Games, Hobbies, Home & Garden, Video Games",
        "Music": "Music Commentary, Music History, Music Interviews",
        "News": "Business News, Daily News, Entertainment News, News Commentary, Politics, Sports News, Tech News",
        "Religion & Spirituality": "Buddhism, Christianity, Hinduism, Islam, Judaism, Religion, Spirituality",
        "Science": (
            "Astronomy, Chemistry, Earth Sciences, Life Sciences, Mathematics, Natural Sciences, Nature, Physics, "
            "Social Sciences"
        ),
        "Society & Culture": "Documentary, Personal Journals, Philosophy, Places & Travel, Relationships",
        "Sports": (
            "Baseball, Basketball, Cricket, Fantasy Sports, Football, Golf, Hockey, Rugby, Running, Soccer, "
            "Swimming, Tennis, Volleyball, Wilderness, Wrestling"
        ),
        "TV & Film": "After Shows, Film History, Film Interviews, Film Reviews, TV Reviews",
        "Technology": "",
        "True Crime": "",
    }.items()
}

# The list before 2019, as feedgen still carries it → where such shows belong now. "" as subcategory: the category.
OBSOLETE: dict[tuple[str, str], str] = {
    ("Arts", "Literature"): "Arts > Books",
    ("Business", "Business News"): "News > Business News",
    ("Business", "Management & Marketing"): "Business > Management",
    ("Business", "Shopping"): "Business",
    ("Education", "Education"): "Education",
    ("Education", "Education Technology"): "Education",
    ("Education", "Educational Technology"): "Education",
    ("Education", "Higher Education"): "Education > Courses",
    ("Education", "K-12"): "Education > Courses",
    ("Education", "Language Courses"): "Education > Language Learning",
    ("Education", "Training"): "Education > How To",
    ("Games & Hobbies", ""): "Leisure",
    ("Games & Hobbies", "Automotive"): "Leisure > Automotive",
    ("Games & Hobbies", "Aviation"): "Leisure > Aviation",
    ("Games & Hobbies", "Hobbies"): "Leisure > Hobbies",
    ("Games & Hobbies", "Other Games"): "Leisure > Games",
    ("Games & Hobbies", "Video Games"): "Leisure > Video Games",
    ("Government & Organizations", ""): "Government",
    ("Government & Organizations", "Local"): "Government",
    ("Government & Organizations", "National"): "Government",
    ("Government & Organizations", "Non-Profit"): "Business > Non-Profit",
    ("Government & Organizations", "Regional"): "Government",
    ("Health", ""): "Health & Fitness",
    ("Health", "Alternative Health"): "Health & Fitness > Alternative Health",
    ("Health", "Fitness & Nutrition"): "Health & Fitness > Fitness",
    ("Health", "Self-Help"): "Education > Self-Improvement",
    ("Health", "Sexuality"): "Health & Fitness > Sexuality",
    ("News & Politics", ""): "News > Politics",
    ("Religion & Spirituality", "Other"): "Religion & Spirituality",
    ("Science & Medicine", ""): "Science",
    ("Science & Medicine", "Medicine"): "Health & Fitness > Medicine",
    ("Science & Medicine", "Natural Sciences"): "Science > Natural Sciences",
    ("Science & Medicine", "Social Sciences"): "Science > Social Sciences",
    ("Society & Culture", "History"): "History",
    ("Sports & Recreation", ""): "Sports",
    ("Sports & Recreation", "Amateur"): "Sports",
    ("Sports & Recreation", "College & High School"): "Sports",
    ("Sports & Recreation", "Outdoor"): "Sports > Wilderness",
    ("Sports & Recreation", "Professional"): "Sports",
    ("Technology", "Gadgets"): "Technology",
    ("Technology", "Podcasting"): "Technology",
    ("Technology", "Software How-To"): "Technology",
    ("Technology", "Tech News"): "News > Tech News",
}


def is_category(name: str, subcategory: str = "") -> bool:
    """Whether Apple's list has it, letter for letter; without a subcategory, the category alone."""
    return name in CATEGORIES and (not subcategory or subcategory in CATEGORIES[name])


def find_category(name: str, subcategory: str = "") -> str | None:
    """Find what was most likely meant: the old list's successor, the right case, or the right parent."""
    meant = OBSOLETE.get((name, subcategory)) or (None if subcategory else OBSOLETE.get((name, "")))
    if meant is not None:
        return meant
    wanted = (subcategory or name).casefold()
    written = {known.casefold(): known for known in CATEGORIES}
    written |= {part.casefold(): f"{known} > {part}" for known, parts in CATEGORIES.items() for part in parts}
    return written.get(wanted)


def is_obsolete(name: str, subcategory: str = "") -> bool:
    """Whether it is a name of the list before 2019."""
    return (name, subcategory) in OBSOLETE
