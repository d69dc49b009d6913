"""Articles without an address leave the index of addresses: in a hash index all of them stood in one chain."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_former_texts"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_url",
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.HashIndex(
                condition=models.Q(("url", ""), _negated=True), fields=["url"], name="article_url"
            ),
        ),
    ]
