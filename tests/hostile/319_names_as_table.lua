-- [NO_ESCAPE] tries: write into libraries and facts through table.insert and table.sort; correct: must be refused: they are no tables
table.insert(_ENV,'x') table.insert(string,'x') table.sort(case)
