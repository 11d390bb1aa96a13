"""The help: the pages under Hjälp, the handbook and the courses, the news, and what users tell Försäkringskassan."""
