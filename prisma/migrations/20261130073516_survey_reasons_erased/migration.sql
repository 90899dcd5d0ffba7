-- Why an officer asked another person in a survey: nobody can read it any more, and nothing writes it.
UPDATE "SurveyTarget" SET note = NULL WHERE note IS NOT NULL;
